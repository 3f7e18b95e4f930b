package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector loads and stores in native memory, the one place that knows which JDK runs: up to 21 through byte buffers, from
 * 22 on through one memory segment that spans the address space. Neither API exists in both, so that each is reached by
 * a constant method handle, which the JIT compiler inlines like a direct call.
 */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int COUNT = SPECIES.length();
    static final boolean NEEDS_BUFFER = Runtime.version().feature() < 19;

    private static final MethodHandle LOAD;
    private static final MethodHandle STORE;

    static {
        try {
            Lookup lookup = MethodHandles.lookup();
            LOAD = NEEDS_BUFFER ? bufferLoad(lookup) : segmentLoad(lookup);
            STORE = NEEDS_BUFFER ? bufferStore(lookup) : segmentStore(lookup);
        } catch (ReflectiveOperationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }

    private Lanes() {}

    /** The vector at a byte offset. */
    static FloatVector load(FloatWindow window, long offset) {
        try {
            return (FloatVector) LOAD.invokeExact(window, offset);
        } catch (Throwable problem) {
            throw new IllegalStateException("Could not load a vector at byte " + offset, problem);
        }
    }

    /** Overwrites the vector at a byte offset. */
    static void store(FloatVector vector, FloatWindow window, long offset) {
        try {
            STORE.invokeExact(vector, window, offset);
        } catch (Throwable problem) {
            throw new IllegalStateException("Could not store a vector at byte " + offset, problem);
        }
    }

    private static MethodHandle bufferLoad(Lookup lookup) throws ReflectiveOperationException {
        MethodHandle load = lookup.findStatic(
                FloatVector.class,
                "fromByteBuffer",
                MethodType.methodType(
                        FloatVector.class, VectorSpecies.class, ByteBuffer.class, int.class, ByteOrder.class));
        MethodHandle bound = MethodHandles.insertArguments(
                MethodHandles.insertArguments(load, 3, ByteOrder.nativeOrder()), 0, SPECIES);
        return MethodHandles.filterArguments(bound, 0, buffer(lookup), toInt());
    }

    private static MethodHandle bufferStore(Lookup lookup) throws ReflectiveOperationException {
        MethodHandle store = lookup.findVirtual(
                FloatVector.class,
                "intoByteBuffer",
                MethodType.methodType(void.class, ByteBuffer.class, int.class, ByteOrder.class));
        MethodHandle bound = MethodHandles.insertArguments(store, 3, ByteOrder.nativeOrder());
        return MethodHandles.filterArguments(bound, 1, buffer(lookup), toInt());
    }

    private static MethodHandle segmentLoad(Lookup lookup) throws ReflectiveOperationException {
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        MethodHandle load = lookup.findStatic(
                FloatVector.class,
                "fromMemorySegment",
                MethodType.methodType(FloatVector.class, VectorSpecies.class, segment, long.class, ByteOrder.class));
        MethodHandle bound = MethodHandles.insertArguments(
                MethodHandles.insertArguments(load, 3, ByteOrder.nativeOrder()), 0, SPECIES, addressSpace(lookup));
        return MethodHandles.collectArguments(bound, 0, position(lookup));
    }

    private static MethodHandle segmentStore(Lookup lookup) throws ReflectiveOperationException {
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        MethodHandle store = lookup.findVirtual(
                FloatVector.class,
                "intoMemorySegment",
                MethodType.methodType(void.class, segment, long.class, ByteOrder.class));
        MethodHandle bound = MethodHandles.insertArguments(
                MethodHandles.insertArguments(store, 3, ByteOrder.nativeOrder()), 1, addressSpace(lookup));
        return MethodHandles.collectArguments(bound, 1, position(lookup));
    }

    /** {@code MemorySegment.NULL.reinterpret(Long.MAX_VALUE)}. */
    private static Object addressSpace(Lookup lookup) throws ReflectiveOperationException {
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        MethodHandle reinterpret =
                lookup.findVirtual(segment, "reinterpret", MethodType.methodType(segment, long.class));
        Object nothing = segment.getField("NULL").get(null);
        try {
            return reinterpret.invoke(nothing, Long.MAX_VALUE);
        } catch (Throwable problem) {
            throw new ReflectiveOperationException("No access to native memory", problem);
        }
    }

    private static MethodHandle buffer(Lookup lookup) throws ReflectiveOperationException {
        return lookup.findGetter(FloatWindow.class, "buffer", ByteBuffer.class);
    }

    private static MethodHandle toInt() {
        return MethodHandles.explicitCastArguments(
                MethodHandles.identity(int.class), MethodType.methodType(int.class, long.class));
    }

    private static MethodHandle position(Lookup lookup) throws ReflectiveOperationException {
        return lookup.findStatic(
                Lanes.class, "position", MethodType.methodType(long.class, FloatWindow.class, long.class));
    }

    @SuppressWarnings("UnusedMethod") // reached by the method handle above
    private static long position(FloatWindow window, long offset) {
        return window.address + offset;
    }
}
