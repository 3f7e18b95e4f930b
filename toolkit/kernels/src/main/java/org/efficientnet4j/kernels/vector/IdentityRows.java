package org.efficientnet4j.kernels.vector;

/** Loops where no activation follows; small methods for the reason in {@link NormRows}. */
final class IdentityRows implements ActivationLoop {
    @Override
    public void forward(FloatWindow y, FloatWindow result, long from, long end, float[] scale, float[] shift) {
        for (long at = from; at < end; at += 4L * scale.length) {
            affine(y, result, at, scale, shift);
        }
    }

    private static void affine(FloatWindow y, FloatWindow result, long at, float[] scale, float[] shift) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            Lanes.store(Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k)), result, at + 4L * k);
        }
    }

    @Override
    public void backward(FloatWindow y, FloatWindow epsilon, long from, long end, float[] scale, float[] shift) {
        // The gradient is what it is.
    }

    @Override
    public void apply(FloatWindow x, long from, long end) {
        // The values are what they are.
    }

    @Override
    public void gradient(FloatWindow z, FloatWindow epsilon, FloatWindow result, long from, long end) {
        for (long at = from; at < end; at += 4L * Lanes.COUNT) {
            Lanes.store(Lanes.unchanged(Lanes.load(epsilon, at)), result, at);
        }
    }
}
