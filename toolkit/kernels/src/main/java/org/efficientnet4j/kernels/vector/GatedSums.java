package org.efficientnet4j.kernels.vector;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.kernels.vector.TileArrays.Use;

/**
 * Contribution of some tiles to {@link VectorGatedGradient}'s sums, in float: one accumulator for each float of a tile, in the
 * arrays of the thread that makes it.
 */
final class GatedSums {
    private static final int GROUP = 4;

    /** Floats of a group in each of the two arrays between the loops, so that they stay in the first-level cache. */
    private static final int MOST_GROUPED = 2560;

    final float[] gated;
    final float[] slopes;
    final float[] slopeProducts;
    final float[] gradients;
    final float[] gradientProducts;

    private final int tile;
    private final int group;
    private final float[] mean;
    private final float[] swish;
    private final float[] slope;

    /** @param mean the batch's, to fill a tile */
    GatedSums(int tile, float[] mean) {
        this.tile = tile;
        this.mean = mean;
        this.group = GROUP * tile <= MOST_GROUPED ? GROUP : 1;
        this.swish = TileArrays.undefined(Use.SWISH, group * tile);
        this.slope = TileArrays.undefined(Use.SLOPE, group * tile);
        this.gated = TileArrays.undefined(Use.GATED, tile);
        this.slopes = TileArrays.undefined(Use.SLOPES, tile);
        this.slopeProducts = TileArrays.undefined(Use.SLOPE_PRODUCTS, tile);
        this.gradients = TileArrays.undefined(Use.SUMS, tile);
        this.gradientProducts = TileArrays.undefined(Use.PRODUCTS, tile);
    }

    void clear() {
        for (float[] sums : List.of(gated, slopes, slopeProducts, gradients, gradientProducts)) {
            Arrays.fill(sums, 0, tile, 0);
        }
    }

    /**
     * Adds tiles and writes their gated activation.
     *
     * @param windows y, the gradient by the gated activation, the gated activation
     */
    void add(FloatWindow[] windows, long first, long end, float[] scale, float[] shift, float[] gate) {
        long t = first;
        for (; t + group <= end; t += group) {
            for (int i = 0; i < group; i++) {
                products(windows, (t + i) * tile * 4, i * tile, scale, shift, gate);
            }
            long at = t * tile * 4;
            if (group == GROUP) {
                GatedRows.gradientSums4(windows[0], at, slope, mean, slopes, slopeProducts);
                GatedRows.gradientSums4(windows[0], at, swish, mean, gradients, gradientProducts);
            } else {
                sums(windows, at);
            }
        }
        for (; t < end; t++) {
            products(windows, t * tile * 4, 0, scale, shift, gate);
            sums(windows, t * tile * 4);
        }
    }

    private void products(FloatWindow[] windows, long at, int from, float[] scale, float[] shift, float[] gate) {
        GatedRows.swishAndSlope(windows[0], at, scale, shift, swish, slope, from);
        GatedRows.gate(windows[1], windows[2], at, swish, slope, from, gate, gated);
    }

    private void sums(FloatWindow[] windows, long at) {
        GatedRows.gradientSums(windows[0], at, slope, mean, slopes, slopeProducts);
        GatedRows.gradientSums(windows[0], at, swish, mean, gradients, gradientProducts);
    }
}
