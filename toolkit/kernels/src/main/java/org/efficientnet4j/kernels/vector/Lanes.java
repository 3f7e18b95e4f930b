package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of as many lanes as suit the processor, from and to arrays and native memory. */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int COUNT = SPECIES.length();

    /** Returns whether vectors read and write native memory by address. */
    static final boolean BY_ADDRESS;

    private static final MethodHandle LOAD;
    private static final MethodHandle STORE;

    static {
        try {
            LaneAccess access = LaneAccess.fastest();
            BY_ADDRESS = access.byAddress();
            LOAD = access.load();
            STORE = access.store();
        } catch (ReflectiveOperationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }

    private Lanes() {}

    /** The vector at an index. */
    static FloatVector of(float[] values, int from) {
        return FloatVector.fromArray(SPECIES, values, from);
    }

    /** The vector at a byte offset. */
    static FloatVector load(FloatWindow window, long offset) {
        try {
            return (FloatVector) LOAD.invokeExact(window, offset);
        } catch (Throwable problem) {
            throw new IllegalStateException("Could not load a vector at byte " + offset, problem);
        }
    }

    /**
     * A loaded vector that is stored as it is. Without an operation between the two the JIT compiler (of JDK 17 as of 25)
     * makes an object of it, seven times as slow.
     */
    static FloatVector unchanged(FloatVector loaded) {
        return loaded.mul(1);
    }

    /** Overwrites the vector at a byte offset. */
    static void store(FloatVector vector, FloatWindow window, long offset) {
        try {
            STORE.invokeExact(vector, window, offset);
        } catch (Throwable problem) {
            throw new IllegalStateException("Could not store a vector at byte " + offset, problem);
        }
    }
}
