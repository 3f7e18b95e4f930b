package org.efficientnet4j.kernels;

import java.util.Optional;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a convolution with batch norm or bias, or the gradients by them (those by running statistics are never
 * written).
 *
 * @param weights {@code [O, I / groups, kH, kW]}, depthwise {@code [C, 1, kH, kW]}
 * @param shift the summand of each output channel {@code [O]}: batch norm's beta, or the bias
 * @param scaling the rest of batch norm; empty where there is a bias
 */
public record ConvolutionParameters(INDArray weights, INDArray shift, Optional<Scaling> scaling) {
    /**
     * Batch norm's parameters besides beta, each {@code [O]}.
     *
     * @param gamma the scale
     * @param mean the running mean
     * @param variance the running variance
     */
    public record Scaling(INDArray gamma, INDArray mean, INDArray variance) {}

    /** Those of a convolution with batch norm. */
    public static ConvolutionParameters normalised(
            INDArray weights, INDArray gamma, INDArray beta, INDArray mean, INDArray variance) {
        return new ConvolutionParameters(weights, beta, Optional.of(new Scaling(gamma, mean, variance)));
    }

    /** Those of a convolution with a bias. */
    public static ConvolutionParameters biased(INDArray weights, INDArray bias) {
        return new ConvolutionParameters(weights, bias, Optional.empty());
    }

    /** The hash of all values, by which a write into any of the arrays is noticed. Float32 arrays without gaps. */
    public long fingerprint(MemoryHash hash) {
        return scaling.map(rest -> hash.of(weights, shift, rest.gamma(), rest.mean(), rest.variance()))
                .orElseGet(() -> hash.of(weights, shift));
    }

    /** Batch norm's scale. */
    public INDArray gamma() {
        return scaling.orElseThrow().gamma();
    }

    /** Batch norm's shift. */
    public INDArray beta() {
        return shift;
    }

    /** The running mean. */
    public INDArray mean() {
        return scaling.orElseThrow().mean();
    }

    /** The running variance. */
    public INDArray variance() {
        return scaling.orElseThrow().variance();
    }
}
