package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** ReLU6's loops; small methods for the reason in {@link NormRows}. */
final class Relu6Rows implements ActivationLoop {
    @Override
    public void forward(FloatWindow y, FloatWindow result, long from, long end, float[] scale, float[] shift) {
        for (long at = from; at < end; at += 4L * scale.length) {
            affine(y, result, at, scale, shift);
        }
    }

    private static void affine(FloatWindow y, FloatWindow result, long at, float[] scale, float[] shift) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            Lanes.store(ActivationLanes.relu6(z), result, at + 4L * k);
        }
    }

    @Override
    public void backward(FloatWindow y, FloatWindow epsilon, long from, long end, float[] scale, float[] shift) {
        for (long at = from; at < end; at += 4L * scale.length) {
            affineGradient(y, epsilon, at, scale, shift);
        }
    }

    private static void affineGradient(FloatWindow y, FloatWindow epsilon, long at, float[] scale, float[] shift) {
        for (int k = 0; k < scale.length; k += Lanes.COUNT) {
            FloatVector z = Lanes.load(y, at + 4L * k).fma(Lanes.of(scale, k), Lanes.of(shift, k));
            Lanes.store(ActivationLanes.throughRelu6(z, Lanes.load(epsilon, at + 4L * k)), epsilon, at + 4L * k);
        }
    }

    @Override
    public void apply(FloatWindow x, long from, long end) {
        for (long at = from; at < end; at += 4L * Lanes.COUNT) {
            Lanes.store(ActivationLanes.relu6(Lanes.load(x, at)), x, at);
        }
    }

    @Override
    public void gradient(FloatWindow z, FloatWindow epsilon, FloatWindow result, long from, long end) {
        for (long at = from; at < end; at += 4L * Lanes.COUNT) {
            Lanes.store(ActivationLanes.throughRelu6(Lanes.load(z, at), Lanes.load(epsilon, at)), result, at);
        }
    }
}
