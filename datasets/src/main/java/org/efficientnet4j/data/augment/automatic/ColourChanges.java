package org.efficientnet4j.data.augment.automatic;

import java.util.function.IntUnaryOperator;

/** Changes of colour, each as PIL's {@code ImageOps} and {@code ImageEnhance} have it. */
final class ColourChanges {
    private static final int LEVELS = 256;

    private ColourChanges() {}

    static Pixels invert(Pixels image) {
        return mapped(image, value -> 255 - value);
    }

    /** Keeps the highest bits of each value. */
    static Pixels posterize(Pixels image, int bits) {
        int mask = 0xFF << (8 - bits) & 0xFF;
        return mapped(image, value -> value & mask);
    }

    /** Inverts values from a threshold up. */
    static Pixels solarize(Pixels image, int threshold) {
        return mapped(image, value -> value < threshold ? value : 255 - value);
    }

    /** Adds to the values below 128. */
    static Pixels solarizeAdd(Pixels image, int addition) {
        return mapped(image, value -> value < 128 ? Math.min(255, value + addition) : value);
    }

    /** Stretches each channel to the whole range. */
    static Pixels autoContrast(Pixels image) {
        byte[] result = image.bytes().clone();
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            int low = 255;
            int high = 0;
            for (int i = channel; i < image.length(); i += Pixels.CHANNELS) {
                low = Math.min(low, image.at(i));
                high = Math.max(high, image.at(i));
            }
            if (high > low) {
                double scale = 255.0 / (high - low);
                double offset = -low * scale;
                map(image, result, channel, table(value -> clipped(value * scale + offset)));
            }
        }
        return new Pixels(result, image.side());
    }

    /** Flattens each channel's histogram. */
    static Pixels equalize(Pixels image) {
        byte[] result = image.bytes().clone();
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            int[] histogram = new int[LEVELS];
            for (int i = channel; i < image.length(); i += Pixels.CHANNELS) {
                histogram[image.at(i)]++;
            }
            int last = LEVELS - 1;
            while (histogram[last] == 0) {
                last--;
            }
            int step = (image.side() * image.side() - histogram[last]) / 255;
            if (step > 0) {
                byte[] table = new byte[LEVELS];
                int count = step / 2;
                for (int value = 0; value < LEVELS; value++) {
                    table[value] = (byte) Math.min(255, count / step);
                    count += histogram[value];
                }
                map(image, result, channel, table);
            }
        }
        return new Pixels(result, image.side());
    }

    /** From grey (0) over the image (1) to stronger colours. */
    static Pixels colour(Pixels image, double factor) {
        byte[] result = new byte[image.length()];
        int[] differences = differences(factor);
        for (int i = 0; i < result.length; i += Pixels.CHANNELS) {
            int grey = image.grey(i);
            result[i] = blended(grey, image.at(i), differences);
            result[i + 1] = blended(grey, image.at(i + 1), differences);
            result[i + 2] = blended(grey, image.at(i + 2), differences);
        }
        return new Pixels(result, image.side());
    }

    /** From the mean grey (0) over the image (1) to more contrast; the reference's own mean is a count by mistake. */
    static Pixels contrast(Pixels image, double factor) {
        long sum = 0;
        for (int i = 0; i < image.length(); i += Pixels.CHANNELS) {
            sum += image.grey(i);
        }
        int mean = (int) (sum / (double) (image.side() * image.side()) + 0.5);
        return mapped(image, value -> blended(mean, value, factor));
    }

    /** From black (0) over the image (1) to brighter. */
    static Pixels brightness(Pixels image, double factor) {
        return mapped(image, value -> blended(0, value, factor));
    }

    /** From smoothed (0) over the image (1) to sharper; the outermost pixels stay. */
    static Pixels sharpness(Pixels image, double factor) {
        return new Sharpening(image, factor).result();
    }

    private static byte blended(int degenerate, int value, double factor) {
        return (byte) clipped(degenerate + factor * (value - degenerate));
    }

    /** As above, with what the {@link #differences} are multiplied to: many times as fast. */
    private static byte blended(int degenerate, int value, int[] differences) {
        return (byte) Math.max(0, Math.min(255, degenerate + differences[(value - degenerate) & (2 * LEVELS - 1)]));
    }

    /**
     * All differences of two values times a factor, rounded down; the negative ones behind the others, where the lowest bits
     * of a difference find them.
     */
    private static int[] differences(double factor) {
        int[] result = new int[2 * LEVELS];
        for (int difference = -LEVELS; difference < LEVELS; difference++) {
            // Whole numbers stay what they are, though a product may fall a little short.
            result[difference & (2 * LEVELS - 1)] = (int) Math.floor(factor * difference + 1e-9);
        }
        return result;
    }

    private static int clipped(double value) {
        // Truncated first: limits on whole numbers need no branches.
        return Math.max(0, Math.min(255, (int) value));
    }

    private static Pixels mapped(Pixels image, IntUnaryOperator change) {
        byte[] table = table(change);
        byte[] result = new byte[image.length()];
        for (int i = 0; i < result.length; i++) {
            result[i] = table[image.at(i)];
        }
        return new Pixels(result, image.side());
    }

    private static byte[] table(IntUnaryOperator change) {
        byte[] table = new byte[LEVELS];
        for (int value = 0; value < LEVELS; value++) {
            table[value] = (byte) change.applyAsInt(value);
        }
        return table;
    }

    private static void map(Pixels image, byte[] result, int channel, byte[] table) {
        for (int i = channel; i < result.length; i += Pixels.CHANNELS) {
            result[i] = table[image.at(i)];
        }
    }
}
