package org.efficientnet4j.plan;

/** Elementwise activation function behind a convolution, a sum or a dense layer. */
public enum Activation {
    /** {@code x}. */
    NONE {
        @Override
        public double value(double x) {
            return x;
        }

        @Override
        public double slope(double x) {
            return 1;
        }
    },
    /**
     * {@code x * sigmoid(x)}, also called SiLU.
     *
     * <p>Source: Searching for Activation Functions (arXiv 1710.05941).
     */
    SWISH {
        @Override
        public double value(double x) {
            return x * sigmoid(x);
        }

        @Override
        public double slope(double x) {
            double sigmoid = sigmoid(x);
            return sigmoid * (1 + x * (1 - sigmoid));
        }
    },
    /** {@code max(0, x)}. */
    RELU {
        @Override
        public double value(double x) {
            return Math.max(0, x);
        }

        @Override
        public double slope(double x) {
            return x > 0 ? 1 : 0;
        }
    },
    /**
     * {@code min(max(0, x), 6)}.
     *
     * <p>Source: MobileNetV2 (arXiv 1801.04381), section 4.
     */
    RELU6 {
        @Override
        public double value(double x) {
            return Math.min(Math.max(0, x), SIX);
        }

        @Override
        public double slope(double x) {
            return x > 0 && x < SIX ? 1 : 0;
        }
    },
    /**
     * {@code x * min(max(0, x + 3), 6) / 6}.
     *
     * <p>Source: Searching for MobileNetV3 (arXiv 1905.02244), section 5.2.
     */
    HARD_SWISH {
        @Override
        public double value(double x) {
            return x * HARD_SIGMOID.value(x);
        }

        @Override
        public double slope(double x) {
            if (x <= -HALF) {
                return 0;
            }
            return x >= HALF ? 1 : (2 * x + HALF) / SIX;
        }
    },
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID {
        @Override
        public double value(double x) {
            return sigmoid(x);
        }

        @Override
        public double slope(double x) {
            double sigmoid = sigmoid(x);
            return sigmoid * (1 - sigmoid);
        }
    },
    /** {@code min(max(0, x + 3), 6) / 6}. */
    HARD_SIGMOID {
        @Override
        public double value(double x) {
            return Math.min(Math.max(0, x + HALF), SIX) / SIX;
        }

        @Override
        public double slope(double x) {
            return x > -HALF && x < HALF ? 1 / SIX : 0;
        }
    };

    private static final double SIX = 6;
    private static final double HALF = 3;

    /** The function's value. */
    public abstract double value(double x);

    /** The function's derivative; 0 at the kinks of the piecewise linear ones, as PyTorch has it. */
    public abstract double slope(double x);

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
