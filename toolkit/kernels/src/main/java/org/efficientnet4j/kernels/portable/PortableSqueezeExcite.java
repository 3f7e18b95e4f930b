package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Squeezed s, reduced u = s Wr' + br, t = activation(u), v = t We' + be, gate g = gate activation(v); keeps s, u, t, v and
 * g.
 */
final class PortableSqueezeExcite implements SqueezeExciteKernel {
    private final SqueezeExciteSettings settings;
    private INDArray squeezed;
    private INDArray reduced;
    private INDArray activated;
    private INDArray excited;
    private INDArray gate;

    PortableSqueezeExcite(SqueezeExciteSettings settings) {
        this.settings = settings;
    }

    @Override
    public INDArray forward(
            INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
        long examples = input.size(0);
        long width = parameters.reduceWeights().size(0);
        long channels = input.size(3);
        squeezed = arrays.kept(examples, channels).assign(input.mean(1, 2));
        reduced = arrays.kept(examples, width);
        squeezed.mmuli(parameters.reduceWeights().transpose(), reduced).addiRowVector(parameters.reduceBias());
        activated = Activations.apply(
                settings.activation(), arrays.kept(examples, width).assign(reduced));
        excited = arrays.kept(examples, channels);
        activated.mmuli(parameters.expandWeights().transpose(), excited).addiRowVector(parameters.expandBias());
        gate = Activations.apply(
                settings.gate(), arrays.kept(examples, channels).assign(excited));
        INDArray result = arrays.activations(input.shape());
        return input.mul(perPixel(gate), result);
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            SqueezeExciteParameters parameters,
            SqueezeExciteParameters gradients,
            ArrayAllocator arrays) {
        INDArray gateGradient = input.mul(epsilon).sum(1, 2);
        gateGradient.muli(Activations.slope(settings.gate(), excited.dup()));
        assignTransposedProduct(gateGradient, activated, gradients.expandWeights());
        gradients.expandBias().assign(gateGradient.sum(0));

        INDArray reducedGradient = gateGradient.mmul(parameters.expandWeights());
        reducedGradient.muli(Activations.slope(settings.activation(), reduced.dup()));
        assignTransposedProduct(reducedGradient, squeezed, gradients.reduceWeights());
        gradients.reduceBias().assign(reducedGradient.sum(0));

        double share = 1.0 / (input.size(1) * input.size(2));
        INDArray squeezedGradient =
                reducedGradient.mmul(parameters.reduceWeights()).muli(share);
        INDArray inputGradient = arrays.gradient(input.shape());
        return epsilon.mul(perPixel(gate), inputGradient).addi(perPixel(squeezedGradient));
    }

    @Override
    public void clear() {
        squeezed = null;
        reduced = null;
        activated = null;
        excited = null;
        gate = null;
    }

    private static void assignTransposedProduct(INDArray left, INDArray right, INDArray result) {
        result.assign(left.transpose().mmul(right));
    }

    private static INDArray perPixel(INDArray channelwise) {
        return channelwise.dup('c').reshape('c', channelwise.size(0), 1, 1, channelwise.size(1));
    }
}
