package org.efficientnet4j.data.augment.automatic;

/**
 * Blends an image with its smoothed self, as PIL's {@code ImageEnhance.Sharpness}: a pixel weighs 5, each of its neighbours
 * 1. Row by row in short loops over whole numbers, which the JIT turns into vector instructions.
 */
final class Sharpening {
    private static final int CENTRE = 5;
    private static final int SUM = 13;

    /** Fixed-point numbers' bits behind the point: with factors below 7 every blend fits 32 bits. */
    private static final int BITS = 20;

    /** Turns a weighted sum's double into its mean by a multiplication: one in 2 * SUM, rounded up, exact for all sums. */
    private static final int MEAN = (1 << BITS) / (2 * SUM) + 1;

    /** Makes up for the factor's rounding, so that products that are whole numbers stay so. */
    private static final int HALF = 128;

    private final Pixels image;
    private final int strength;
    private final int row;
    private int[] above;
    private int[] here;
    private int[] below;
    private final int[] columns;
    private final int[] blended;

    Sharpening(Pixels image, double factor) {
        this.image = image;
        strength = (int) Math.round(factor * (1 << BITS));
        row = image.side() * Pixels.CHANNELS;
        above = new int[row];
        here = new int[row];
        below = new int[row];
        columns = new int[row];
        blended = new int[row];
    }

    Pixels result() {
        byte[] result = image.bytes().clone();
        if (image.side() > 2) {
            load(0, here);
            load(row, below);
            for (int start = row; start < result.length - row; start += row) {
                shift();
                load(start + row, below);
                addColumns();
                blend();
                store(result, start);
            }
        }
        return new Pixels(result, image.side());
    }

    private void shift() {
        int[] free = above;
        above = here;
        here = below;
        below = free;
    }

    private void load(int start, int[] values) {
        byte[] bytes = image.bytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[start + i] & 0xFF;
        }
    }

    private void addColumns() {
        int[] one = above;
        int[] two = here;
        int[] three = below;
        int[] sums = columns;
        for (int i = 0; i < sums.length; i++) {
            sums[i] = one[i] + two[i] + three[i];
        }
    }

    private void blend() {
        int[] values = here;
        int[] sums = columns;
        int[] results = blended;
        int factor = strength;
        for (int i = Pixels.CHANNELS; i < results.length - Pixels.CHANNELS; i++) {
            int sum = sums[i - Pixels.CHANNELS] + sums[i] + sums[i + Pixels.CHANNELS] + (CENTRE - 1) * values[i];
            int smooth = ((2 * sum + SUM) * MEAN) >> BITS;
            int sharper = ((smooth << BITS) + factor * (values[i] - smooth) + HALF) >> BITS;
            results[i] = Math.max(0, Math.min(255, sharper));
        }
    }

    private void store(byte[] result, int start) {
        int[] results = blended;
        for (int i = Pixels.CHANNELS; i < results.length - Pixels.CHANNELS; i++) {
            result[start + i] = (byte) results[i];
        }
    }
}
