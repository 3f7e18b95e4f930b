package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** By one memory segment that spans the address space, from JDK 22 on. */
final class SegmentAccess {
    private SegmentAccess() {}

    static LaneAccess create() throws ReflectiveOperationException {
        Lookup lookup = MethodHandles.lookup();
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        Object addressSpace = addressSpace(lookup, segment);
        MethodHandle load = lookup.findStatic(
                FloatVector.class,
                "fromMemorySegment",
                MethodType.methodType(FloatVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class));
        MethodHandle store = lookup.findVirtual(
                FloatVector.class,
                "intoMemorySegment",
                MethodType.methodType(void.class, segment, long.class, ByteOrder.class));
        MethodHandle loadNative = MethodHandles.insertArguments(load, 3, ByteOrder.nativeOrder());
        MethodHandle storeNative = MethodHandles.insertArguments(store, 3, ByteOrder.nativeOrder());
        MethodHandle position = FloatWindow.position();
        return new LaneAccess(
                MethodHandles.collectArguments(
                        MethodHandles.insertArguments(loadNative, 0, Lanes.SPECIES, addressSpace), 0, position),
                MethodHandles.collectArguments(
                        MethodHandles.insertArguments(storeNative, 1, addressSpace), 1, position),
                false);
    }

    /** {@code MemorySegment.NULL.reinterpret(Long.MAX_VALUE)}. */
    private static Object addressSpace(Lookup lookup, Class<?> segment) throws ReflectiveOperationException {
        MethodHandle reinterpret =
                lookup.findVirtual(segment, "reinterpret", MethodType.methodType(segment, long.class));
        Object nothing = segment.getField("NULL").get(null);
        try {
            return reinterpret.invoke(nothing, Long.MAX_VALUE);
        } catch (Throwable problem) {
            throw new ReflectiveOperationException("No access to native memory", problem);
        }
    }
}
