package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A thread's arrays between loops over tiles, one a use: made anew they would be most of a step's garbage. An array is
 * the caller's until it asks for the same use again.
 */
final class TileArrays {
    /** Use of an array; a kernel that needs two at once takes two uses. */
    enum Use {
        SUMS,
        PRODUCTS,
        GATED,
        SLOPES,
        SLOPE_PRODUCTS,
        SWISH,
        SLOPE,
        GRADIENT
    }

    private static final ThreadLocal<Map<Use, float[]>> CURRENT =
            ThreadLocal.withInitial(() -> new EnumMap<>(Use.class));

    private TileArrays() {}

    /** The calling thread's array of at least so many floats, of undefined content. */
    static float[] undefined(Use use, int floats) {
        Map<Use, float[]> arrays = CURRENT.get();
        float[] array = arrays.get(use);
        if (array == null || array.length < floats) {
            array = new float[floats];
            arrays.put(use, array);
        }
        return array;
    }

    /** {@link #undefined}, with so many zeros. */
    static float[] zeros(Use use, int floats) {
        float[] array = undefined(use, floats);
        Arrays.fill(array, 0, floats, 0);
        return array;
    }
}
