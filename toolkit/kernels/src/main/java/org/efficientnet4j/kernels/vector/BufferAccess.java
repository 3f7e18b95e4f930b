package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** By byte buffers, up to JDK 18. */
final class BufferAccess {
    private BufferAccess() {}

    static boolean exists() {
        return Runtime.version().feature() < 19;
    }

    static LaneAccess create() throws ReflectiveOperationException {
        Lookup lookup = MethodHandles.lookup();
        MethodHandle buffer = lookup.findVirtual(FloatWindow.class, "buffer", MethodType.methodType(ByteBuffer.class));
        MethodHandle toInt = MethodHandles.explicitCastArguments(
                MethodHandles.identity(int.class), MethodType.methodType(int.class, long.class));
        MethodHandle load = lookup.findStatic(
                FloatVector.class,
                "fromByteBuffer",
                MethodType.methodType(
                        FloatVector.class, VectorSpecies.class, ByteBuffer.class, int.class, ByteOrder.class));
        MethodHandle store = lookup.findVirtual(
                FloatVector.class,
                "intoByteBuffer",
                MethodType.methodType(void.class, ByteBuffer.class, int.class, ByteOrder.class));
        MethodHandle loadNative = MethodHandles.insertArguments(load, 3, ByteOrder.nativeOrder());
        MethodHandle storeNative = MethodHandles.insertArguments(store, 3, ByteOrder.nativeOrder());
        return new LaneAccess(
                MethodHandles.filterArguments(
                        MethodHandles.insertArguments(loadNative, 0, Lanes.SPECIES), 0, buffer, toInt),
                MethodHandles.filterArguments(storeNative, 1, buffer, toInt),
                false);
    }
}
