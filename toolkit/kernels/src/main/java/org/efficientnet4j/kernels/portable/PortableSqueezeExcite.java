package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Squeezed s, reduced u = s Wr' + br, t = swish(u), gate g = sigmoid(t We' + be); keeps s, u, t, g. */
final class PortableSqueezeExcite implements SqueezeExciteKernel {
    private INDArray squeezed;
    private INDArray reduced;
    private INDArray activated;
    private INDArray gate;

    @Override
    public INDArray forward(
            INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
        long examples = input.size(0);
        long width = parameters.reduceWeights().size(0);
        long channels = input.size(3);
        squeezed = arrays.kept(examples, channels).assign(input.mean(1, 2));
        reduced = arrays.kept(examples, width);
        squeezed.mmuli(parameters.reduceWeights().transpose(), reduced).addiRowVector(parameters.reduceBias());
        activated = arrays.kept(examples, width)
                .assign(Transforms.sigmoid(reduced, true))
                .muli(reduced);
        gate = arrays.kept(examples, channels);
        activated.mmuli(parameters.expandWeights().transpose(), gate).addiRowVector(parameters.expandBias());
        Transforms.sigmoid(gate, false);
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
        gateGradient.muli(gate).muli(gate.rsub(1));
        assignTransposedProduct(gateGradient, activated, gradients.expandWeights());
        gradients.expandBias().assign(gateGradient.sum(0));

        INDArray reducedGradient = gateGradient.mmul(parameters.expandWeights());
        reducedGradient.muli(SwishSlope.inPlace(reduced.dup(), reduced.ulike()));
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
        gate = null;
    }

    private static void assignTransposedProduct(INDArray left, INDArray right, INDArray result) {
        result.assign(left.transpose().mmul(right));
    }

    private static INDArray perPixel(INDArray channelwise) {
        return channelwise.dup('c').reshape('c', channelwise.size(0), 1, 1, channelwise.size(1));
    }
}
