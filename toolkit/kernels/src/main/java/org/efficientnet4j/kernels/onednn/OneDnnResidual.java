package org.efficientnet4j.kernels.onednn;

import java.util.Arrays;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The residual sum by a provider's loops. */
record OneDnnResidual(PixelLoops loops) implements ResidualKernel {
    @Override
    public INDArray forward(INDArray branch, INDArray shortcut, float[] scale, ArrayAllocator arrays) {
        INDArray result = arrays.activations(branch.shape());
        loops.addScaled(
                Addresses.of(branch),
                factors(scale, branch),
                Addresses.of(shortcut),
                Addresses.of(result),
                (int) branch.size(0),
                branch.length() / branch.size(0));
        return result;
    }

    @Override
    public Gradients backward(INDArray epsilon, float[] scale, ArrayAllocator arrays) {
        INDArray branch = arrays.gradient(epsilon.shape());
        INDArray shortcut = arrays.gradient(epsilon.shape());
        loops.copyAndScale(
                Addresses.of(epsilon),
                factors(scale, epsilon),
                Addresses.of(shortcut),
                Addresses.of(branch),
                (int) epsilon.size(0),
                epsilon.length() / epsilon.size(0));
        return new Gradients(branch, shortcut);
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
