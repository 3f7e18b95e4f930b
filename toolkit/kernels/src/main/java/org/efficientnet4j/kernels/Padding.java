package org.efficientnet4j.kernels;

/**
 * Where the zeros around an image go when a kernel k slides over it with stride s. Output sizes are equal under both,
 * ceil(n / s) for odd kernels; at stride 2 the pixels under the kernel differ.
 */
public enum Padding {
    /** TensorFlow's SAME: as few zeros as needed, the odd one at the end; the original networks. */
    SAME {
        @Override
        public int before(int inputSize, int kernel, int stride) {
            return Math.max((outputSize(inputSize, stride) - 1) * stride + kernel - inputSize, 0) / 2;
        }
    },
    /** k / 2 zeros on each side: torchvision's and timm's plain networks. */
    SYMMETRIC {
        @Override
        public int before(int inputSize, int kernel, int stride) {
            return kernel / 2;
        }
    };

    /** Zeros before the first row (or column). */
    public abstract int before(int inputSize, int kernel, int stride);

    /** The output's height (or width). */
    public static int outputSize(int inputSize, int stride) {
        return (inputSize + stride - 1) / stride;
    }
}
