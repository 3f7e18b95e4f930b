package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * By the JVM's own vector operations on an address, without the checks and the loads of a buffer's or a segment's fields
 * that the open ways bring into each loop. Needs {@code --add-exports java.base/jdk.internal.vm.vector=ALL-UNNAMED}.
 *
 * <p>The JIT compiler makes one instruction of {@code VectorSupport.load} and {@code store}; until it has compiled a loop,
 * they call the operation in their last argument, which takes an open way. Known forms: {@code load(vector class, element
 * class, length, base, address, container, index, species, operation)} and {@code store(vector class, element class,
 * length, base, address, vector, container, index, operation)}, from JDK 22 on with a {@code boolean} behind the address.
 */
final class AddressAccess {
    private static final String PACKAGE = "jdk.internal.vm.vector";
    private static final int AFTER_ADDRESS = 5;

    private AddressAccess() {}

    /** Returns whether the JVM was started with the flags. */
    static boolean isOpen() {
        return Object.class.getModule().isExported(PACKAGE, AddressAccess.class.getModule());
    }

    /** @param open what runs until the JIT compiler has seen a loop */
    static LaneAccess create(LaneAccess open) throws ReflectiveOperationException {
        MethodHandle position = FloatWindow.position();
        MethodHandle slowLoad = MethodHandles.dropArguments(open.load(), 2, Object.class);
        MethodHandle load = bind("load", Lanes.SPECIES, operation("LoadOperation", slowLoad));
        MethodHandle slowStore = MethodHandles.permuteArguments(
                open.store(),
                LaneAccess.STORE.dropParameterTypes(0, 1).appendParameterTypes(FloatVector.class),
                2,
                0,
                1);
        MethodHandle store = bind("store", operation("StoreVectorOperation", slowStore));
        return new LaneAccess(
                MethodHandles.foldArguments(
                        MethodHandles.explicitCastArguments(load, LaneAccess.LOAD.insertParameterTypes(0, long.class)),
                        position),
                MethodHandles.foldArguments(
                        MethodHandles.explicitCastArguments(
                                store, LaneAccess.STORE.insertParameterTypes(0, long.class)),
                        MethodHandles.dropArguments(position, 0, FloatVector.class)),
                true);
    }

    /** An operation bound to float vectors in native memory: address and what follows it are left, but for the end. */
    private static MethodHandle bind(String name, Object... end) throws ReflectiveOperationException {
        Lookup lookup = MethodHandles.lookup();
        Method method = Arrays.stream(support("").getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
        MethodHandle bound = lookup.unreflect(method);
        bound = MethodHandles.insertArguments(bound, bound.type().parameterCount() - end.length, end);
        if (bound.type().parameterType(AFTER_ADDRESS) == boolean.class) {
            boolean fromSegment = false;
            bound = MethodHandles.insertArguments(bound, AFTER_ADDRESS, fromSegment);
        }
        Object nativeMemory = null;
        return MethodHandles.insertArguments(
                bound, 0, Lanes.SPECIES.vectorType(), float.class, Lanes.COUNT, nativeMemory);
    }

    private static Object operation(String name, MethodHandle body) throws ReflectiveOperationException {
        return MethodHandleProxies.asInterfaceInstance(support("$" + name), body);
    }

    private static Class<?> support(String suffix) throws ClassNotFoundException {
        return Class.forName(PACKAGE + ".VectorSupport" + suffix);
    }
}
