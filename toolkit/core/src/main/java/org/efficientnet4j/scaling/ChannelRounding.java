package org.efficientnet4j.scaling;

/**
 * How scaled channel counts become whole numbers: to the nearest multiple of 8.
 *
 * <p>Source: tensorflow/tpu {@code round_filters} (V1); google/automl {@code efficientnetv2} (V2). In the published
 * tables the rules differ in one row only, B3's first stage (16 * 1.2: 24 with the guard, 16 without).
 */
public enum ChannelRounding {
    /** V1: rounding may not take away more than 10 % of the channels. */
    GUARDED,
    /** V2: plain rounding. */
    PLAIN;

    private static final int DIVISOR = 8;

    /** The channels after scaling; a width of exactly 1 leaves hand-written counts as they are. */
    public int round(int channels, double width) {
        if (width == 1) {
            return channels;
        }
        double scaled = channels * width;
        int rounded = Math.max(DIVISOR, (int) (scaled + DIVISOR / 2) / DIVISOR * DIVISOR);
        return this == GUARDED && rounded < 0.9 * scaled ? rounded + DIVISOR : rounded;
    }
}
