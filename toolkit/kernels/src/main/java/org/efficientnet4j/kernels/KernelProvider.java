package org.efficientnet4j.kernels;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** A family of kernels for one kind of machine; found through {@link java.util.ServiceLoader}. */
public interface KernelProvider {
    /** The name users force it by, e.g. {@code portable}. */
    String name();

    /** One line for a diagnosis: what it runs on. */
    String description();

    /** Among those that run here, the highest wins. */
    int preference();

    /** Why it can't run on this machine; empty where it can. */
    Optional<String> unavailableBecause();

    /** Returns whether it computes in this type. */
    boolean supports(DataType type);

    /** A new kernel, owned by one layer. */
    ConvolutionKernel convolution(ConvolutionSettings settings);

    /** A new kernel, owned by one layer. */
    SqueezeExciteKernel squeezeExcite(SqueezeExciteSettings settings);

    /** The kernel of a global average pooling. */
    PoolingKernel pooling();

    /** A new kernel, owned by one layer. */
    WindowPoolingKernel windowPooling(PoolingSettings settings);

    /** The kernel of a residual sum with an activation behind it. */
    ResidualKernel residual(Activation activation);

    /** A new kernel, owned by one vertex. */
    ConcatenationKernel concatenation();

    /** A new kernel, owned by one layer. */
    DenseKernel dense(DenseSettings settings);

    /** A new classifier's products, owned by one layer, where this family has them; otherwise they are DL4J's. */
    default Optional<ClassifierKernel> classifier(int features, int classes) {
        return Optional.empty();
    }

    /**
     * A block's last three layers in training, where this family computes them together.
     *
     * @param depthwise with its stride and activation
     * @param squeezeExcite of its channels
     * @param projection pointwise
     * @param shown whether the first two layers' outputs are looked at, so that they must be written all the same
     */
    default Optional<BlockTail> blockTail(
            ConvolutionSettings depthwise,
            SqueezeExciteSettings squeezeExcite,
            ConvolutionSettings projection,
            boolean shown) {
        return Optional.empty();
    }

    /**
     * A whole network compiled for inference, where this family compiles such networks; otherwise its layers run one by
     * one.
     */
    default Optional<InferenceEngine> inference(List<InferenceStep> steps) {
        return Optional.empty();
    }

    /** The optimisers' steps, where this family has them of its own. */
    default Optional<UpdateKernel> updates() {
        return Optional.empty();
    }
}
