package org.efficientnet4j.kernels.onednn;

import java.util.Arrays;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The residual sum by a provider's loops; the activation's input is computed again in the backward pass. */
record OneDnnResidual(PixelLoops loops, Activation activation) implements ResidualKernel {
    @Override
    public INDArray forward(INDArray branch, INDArray shortcut, float[] scale, ArrayAllocator arrays) {
        INDArray result = arrays.activations(branch.shape());
        loops.addScaled(
                Addresses.of(branch),
                factors(scale, branch),
                Addresses.of(shortcut),
                activation,
                Addresses.of(result),
                (int) branch.size(0),
                branch.length() / branch.size(0));
        return result;
    }

    @Override
    public Gradients backward(
            INDArray branch, INDArray shortcut, INDArray epsilon, float[] scale, ArrayAllocator arrays) {
        INDArray byBranch = arrays.gradient(epsilon.shape());
        INDArray byShortcut = arrays.gradient(epsilon.shape());
        int images = (int) epsilon.size(0);
        long floats = epsilon.length() / images;
        float[] factors = factors(scale, epsilon);
        if (activation == Activation.NONE) {
            loops.copyAndScale(
                    Addresses.of(epsilon), factors, Addresses.of(byShortcut), Addresses.of(byBranch), images, floats);
        } else {
            loops.throughSum(
                    Addresses.of(branch),
                    factors,
                    Addresses.of(shortcut),
                    activation,
                    Addresses.of(epsilon),
                    Addresses.of(byShortcut),
                    Addresses.of(byBranch),
                    images,
                    floats);
        }
        return new Gradients(byBranch, byShortcut);
    }

    @Override
    public INDArray sharedGradient(
            INDArray branch, INDArray shortcut, INDArray result, INDArray epsilon, ArrayAllocator arrays) {
        INDArray gradient = arrays.gradient(epsilon.shape());
        loops.throughPlainSum(
                Addresses.of(branch),
                Addresses.of(shortcut),
                Addresses.of(result),
                activation,
                Addresses.of(epsilon),
                Addresses.of(gradient),
                (int) epsilon.size(0),
                epsilon.length() / epsilon.size(0));
        return gradient;
    }

    private static float[] factors(float[] scale, INDArray images) {
        if (scale != null) {
            return scale;
        }
        float[] ones = new float[(int) images.size(0)];
        Arrays.fill(ones, 1);
        return ones;
    }
}
