package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;

/**
 * A way between vectors and native memory: constant method handles, which the JIT compiler inlines like direct calls.
 *
 * @param load {@code (window, byte offset)} to the vector there
 * @param store {@code (vector, window, byte offset)}
 * @param byAddress whether it is the fast way
 */
record LaneAccess(MethodHandle load, MethodHandle store, boolean byAddress) {
    static final MethodType LOAD = MethodType.methodType(FloatVector.class, FloatWindow.class, long.class);
    static final MethodType STORE = MethodType.methodType(void.class, FloatVector.class, FloatWindow.class, long.class);

    LaneAccess {
        if (!load.type().equals(LOAD) || !store.type().equals(STORE)) {
            throw new IllegalArgumentException("Vectors are loaded by " + LOAD + " and stored by " + STORE + ", not by "
                    + load.type() + " and " + store.type());
        }
    }

    /** The fastest that this JVM allows. */
    static LaneAccess fastest() throws ReflectiveOperationException {
        LaneAccess open = BufferAccess.exists() ? BufferAccess.create() : SegmentAccess.create();
        if (!AddressAccess.isOpen()) {
            return open;
        }
        try {
            return AddressAccess.create(open);
        } catch (ReflectiveOperationException | RuntimeException unknownForm) { // of a JDK yet to come
            return open;
        }
    }
}
