package org.efficientnet4j.weights;

/** IEEE 754's 16-bit format; the JDK has a conversion from 20 on only. */
final class HalfFloat {
    private static final int EXPONENT_BIAS_DIFFERENCE = 127 - 15;
    private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

    private HalfFloat() {}

    static float toFloat(short half) {
        int sign = half & 0x8000;
        int exponent = (half >> 10) & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = mantissa * SMALLEST_SUBNORMAL;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + EXPONENT_BIAS_DIFFERENCE;
        return Float.intBitsToFloat(sign << 16 | wide << 23 | mantissa << 13);
    }
}
