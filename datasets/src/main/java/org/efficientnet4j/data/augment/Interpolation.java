package org.efficientnet4j.data.augment;

/**
 * How new pixels are computed from old ones. When an image shrinks, the kernel widens with the scale, so that every old
 * pixel counts and fine patterns do not turn into false ones (antialiasing).
 */
public enum Interpolation {
    /** A triangle: the weighted mean of the neighbours. */
    BILINEAR(1) {
        @Override
        double kernel(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },

    /**
     * Keys' cubic with a = -1/2: sharper than bilinear, may overshoot a little at edges.
     *
     * <p>Source: R. Keys, Cubic convolution interpolation for digital image processing (1981), section II.
     */
    BICUBIC(2) {
        private static final double A = -0.5;

        @Override
        double kernel(double x) {
            double distance = Math.abs(x);
            if (distance < 1) {
                return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
            }
            return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * A : 0;
        }
    },

    /** The mean over the area a new pixel covers, parts of pixels counted by their part; enlarging is bilinear. */
    AREA(1) {
        @Override
        double kernel(double x) {
            return BILINEAR.kernel(x);
        }
    };

    private final double support;

    Interpolation(double support) {
        this.support = support;
    }

    /** The weight of an old pixel at a distance from the new one's centre. */
    abstract double kernel(double x);

    /** Beyond this distance the kernel is zero. */
    double support() {
        return support;
    }
}
