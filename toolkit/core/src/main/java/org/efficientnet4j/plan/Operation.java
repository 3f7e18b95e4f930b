package org.efficientnet4j.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Computation of one node of a network, with every number resolved. Maps are {@code [N, C, H, W]} here, whatever their
 * order in memory; vectors are {@code [N, features]}.
 *
 * <p>The kinds are closed: who reads operations implements {@link Reader}, so that a new kind breaks the build wherever a
 * reader does not handle it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Operation.Convolution.class, name = "convolution"),
    @JsonSubTypes.Type(value = Operation.SqueezeExcite.class, name = "squeezeExcite"),
    @JsonSubTypes.Type(value = Operation.Pooling.class, name = "pooling"),
    @JsonSubTypes.Type(value = Operation.AdaptiveAveragePooling.class, name = "adaptiveAveragePooling"),
    @JsonSubTypes.Type(value = Operation.GlobalAveragePooling.class, name = "globalAveragePooling"),
    @JsonSubTypes.Type(value = Operation.Add.class, name = "add"),
    @JsonSubTypes.Type(value = Operation.Concatenation.class, name = "concatenation"),
    @JsonSubTypes.Type(value = Operation.Flatten.class, name = "flatten"),
    @JsonSubTypes.Type(value = Operation.Dense.class, name = "dense"),
    @JsonSubTypes.Type(value = Operation.Dropout.class, name = "dropout"),
    @JsonSubTypes.Type(value = Operation.LocalResponseNormalization.class, name = "localResponseNormalization")
})
public sealed interface Operation {
    /** Trainable parameters: weights, biases, batch norm's scales and shifts. */
    long trainableParameters();

    /** Has the reader's method for this kind called. */
    <R> R read(Node node, Reader<R> reader);

    /**
     * Handler of every kind of operation.
     *
     * @param <R> the result
     */
    interface Reader<R> {
        /** Reads a convolution. */
        R convolution(Node node, Convolution operation);

        /** Reads a squeeze-excite gate. */
        R squeezeExcite(Node node, SqueezeExcite operation);

        /** Reads a pooling over windows. */
        R pooling(Node node, Pooling operation);

        /** Reads a pooling to a fixed size. */
        R adaptiveAveragePooling(Node node, AdaptiveAveragePooling operation);

        /** Reads a pooling over the whole map. */
        R globalAveragePooling(Node node, GlobalAveragePooling operation);

        /** Reads an elementwise sum. */
        R add(Node node, Add operation);

        /** Reads a concatenation of channels. */
        R concatenation(Node node, Concatenation operation);

        /** Reads the change from a map to a vector. */
        R flatten(Node node, Flatten operation);

        /** Reads a fully connected layer. */
        R dense(Node node, Dense operation);

        /** Reads a dropout. */
        R dropout(Node node, Dropout operation);

        /** Reads a local response normalisation. */
        R localResponseNormalization(Node node, LocalResponseNormalization operation);
    }

    /**
     * Convolution with batch norm, a bias or both, and the activation behind it, as kernels fuse them. A bias before batch
     * norm changes nothing but the running mean; VGG's networks with batch norm have one.
     *
     * @param inChannels channels in
     * @param outChannels channels out
     * @param kernel height and width
     * @param stride both ways
     * @param padding the rule for zeros around the image
     * @param groups 1, or the channels of a depthwise convolution, or a divisor of both channel counts
     * @param bias a number added to each output channel
     * @param batchNorm batch norm behind the convolution
     * @param activation behind it
     */
    record Convolution(
            int inChannels,
            int outChannels,
            int kernel,
            int stride,
            Padding padding,
            int groups,
            boolean bias,
            boolean batchNorm,
            Activation activation)
            implements Operation {
        /** A convolution with batch norm, or else a bias. */
        public Convolution(
                int inChannels,
                int outChannels,
                int kernel,
                int stride,
                Padding padding,
                int groups,
                boolean batchNorm,
                Activation activation) {
            this(inChannels, outChannels, kernel, stride, padding, groups, !batchNorm, batchNorm, activation);
        }

        /** @throws InvalidInputException for a number below 1, or groups that do not divide the channels */
        public Convolution {
            atLeastOne("A convolution's input channels", inChannels);
            atLeastOne("A convolution's output channels", outChannels);
            atLeastOne("A convolution's kernel", kernel);
            atLeastOne("A convolution's stride", stride);
            atLeastOne("A convolution's groups", groups);
            required("padding", padding);
            required("activation", activation);
            if (!bias && !batchNorm) {
                throw new InvalidInputException("A convolution must have a bias or batch norm, found neither");
            }
            if (inChannels % groups != 0 || outChannels % groups != 0) {
                throw new InvalidInputException("A convolution's groups must divide its channels, found " + groups
                        + " groups for " + inChannels + " channels in and " + outChannels + " out");
            }
        }

        /** True for one filter a channel. */
        public boolean depthwise() {
            return groups > 1 && groups == inChannels && groups == outChannels;
        }

        /** Weights of the convolution alone. */
        public long weights() {
            return (long) kernel * kernel * outChannels * (inChannels / groups);
        }

        /** The output's height (or width) for the input's. */
        public int outputSize(int inputSize) {
            return padding.outputSize(inputSize, kernel, stride);
        }

        @Override
        public long trainableParameters() {
            return weights() + ((bias ? 1L : 0L) + (batchNorm ? 2L : 0L)) * outChannels;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.convolution(node, this);
        }
    }

    /**
     * Squeeze-excite: global average, dense to {@code reducedChannels} with an activation, dense back with the gate's
     * activation, channelwise product. Both dense layers have a bias.
     *
     * <p>Source: Squeeze-and-Excitation Networks (arXiv 1709.01507).
     *
     * @param channels channels in and out
     * @param reducedChannels the squeezed width
     * @param activation behind the first dense layer
     * @param gate behind the second
     */
    record SqueezeExcite(int channels, int reducedChannels, Activation activation, Activation gate)
            implements Operation {
        /** @throws InvalidInputException for channels below 1 */
        public SqueezeExcite {
            atLeastOne("A squeeze-excite's channels", channels);
            atLeastOne("A squeeze-excite's reduced channels", reducedChannels);
            required("activation", activation);
            required("gate", gate);
        }

        @Override
        public long trainableParameters() {
            return 2L * channels * reducedChannels + reducedChannels + channels;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.squeezeExcite(node, this);
        }
    }

    /**
     * Maximum or mean over windows. Zeros of the padding never count as a maximum, and do count in a mean.
     *
     * @param kind maximum or mean
     * @param kernel the window's height and width
     * @param stride both ways
     * @param padding pixels on each side, at most half the kernel
     * @param ceil an output size rounded up instead of down, where the last window still begins inside the padded image
     */
    record Pooling(Kind kind, int kernel, int stride, int padding, boolean ceil) implements Operation {
        /** The kinds. */
        public enum Kind {
            /** The largest value. */
            MAX,
            /** The mean. */
            AVERAGE
        }

        /** @throws InvalidInputException for a number out of range */
        public Pooling {
            required("kind", kind);
            atLeastOne("A pooling's kernel", kernel);
            atLeastOne("A pooling's stride", stride);
            if (padding < 0 || padding > kernel / 2) {
                throw new InvalidInputException(
                        "A pooling's padding must be from 0 to half its kernel of " + kernel + ", found " + padding);
            }
        }

        /** The output's height (or width) for the input's; 0 where the window does not fit. */
        public int outputSize(int inputSize) {
            int slack = inputSize + 2 * padding - kernel;
            if (slack < 0) {
                return 0;
            }
            int size = (ceil ? slack + stride - 1 : slack) / stride + 1;
            return ceil && (size - 1) * stride >= inputSize + padding ? size - 1 : size;
        }

        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.pooling(node, this);
        }
    }

    /**
     * Means over bins that together cover the map: bin i of n begins at floor(i size / n) and ends at
     * ceil((i + 1) size / n), as PyTorch's adaptive pooling.
     *
     * @param height of the output
     * @param width of the output
     */
    record AdaptiveAveragePooling(int height, int width) implements Operation {
        /** @throws InvalidInputException for a size below 1 */
        public AdaptiveAveragePooling {
            atLeastOne("An adaptive pooling's height", height);
            atLeastOne("An adaptive pooling's width", width);
        }

        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.adaptiveAveragePooling(node, this);
        }
    }

    /** Mean over the whole map: {@code [N, C, H, W]} to {@code [N, C]}. */
    record GlobalAveragePooling() implements Operation {
        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.globalAveragePooling(node, this);
        }
    }

    /**
     * Sum of two equal shapes, the branch first and the shortcut second, and the activation behind it. In training
     * stochastic depth may drop the branch.
     *
     * @param dropShare the branch's drop rate as a share of the network's, in [0, 1]
     * @param activation behind the sum
     */
    record Add(double dropShare, Activation activation) implements Operation {
        /** @throws InvalidInputException for a share outside [0, 1] */
        public Add {
            required("activation", activation);
            if (!(dropShare >= 0 && dropShare <= 1)) {
                throw new InvalidInputException("A sum's drop share must lie in [0, 1], found " + dropShare);
            }
        }

        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.add(node, this);
        }
    }

    /** Maps of equal size behind each other along their channels. */
    record Concatenation() implements Operation {
        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.concatenation(node, this);
        }
    }

    /** A map of fixed size as a vector, channel by channel: {@code [N, C, H, W]} to {@code [N, C H W]}. */
    record Flatten() implements Operation {
        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.flatten(node, this);
        }
    }

    /**
     * Fully connected layer with bias, and the activation behind it.
     *
     * @param inFeatures features in
     * @param outFeatures features out
     * @param activation behind it; NONE for a classifier, whose softmax belongs to the loss
     */
    record Dense(int inFeatures, int outFeatures, Activation activation) implements Operation {
        /** @throws InvalidInputException for features below 1 */
        public Dense {
            atLeastOne("A dense layer's input features", inFeatures);
            atLeastOne("A dense layer's output features", outFeatures);
            required("activation", activation);
        }

        @Override
        public long trainableParameters() {
            return ((long) inFeatures + 1) * outFeatures;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.dense(node, this);
        }
    }

    /**
     * Dropout of a vector's features in training.
     *
     * @param rate the published drop rate, in [0, 1)
     */
    record Dropout(double rate) implements Operation {
        /** @throws InvalidInputException for a rate outside [0, 1) */
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new InvalidInputException("A drop rate must lie in [0, 1), found " + rate);
            }
        }

        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.dropout(node, this);
        }
    }

    /**
     * Division by {@code (k + alpha / size * sum of squares) ^ beta}, the sum over {@code size} neighbouring channels.
     *
     * <p>Source: ImageNet Classification with Deep Convolutional Neural Networks (Krizhevsky et al. 2012), section 3.3;
     * alpha is divided by the size as PyTorch has it.
     *
     * @param size channels in the sum
     * @param alpha factor of the sum
     * @param beta exponent
     * @param k added to the sum
     */
    record LocalResponseNormalization(int size, double alpha, double beta, double k) implements Operation {
        /** @throws InvalidInputException for a size below 1 or numbers that are not finite */
        public LocalResponseNormalization {
            atLeastOne("A local response normalisation's size", size);
            if (!Double.isFinite(alpha) || !Double.isFinite(beta) || !(k > 0 && k < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException("A local response normalisation's numbers must be finite and k above 0,"
                        + " found alpha " + alpha + ", beta " + beta + ", k " + k);
            }
        }

        @Override
        public long trainableParameters() {
            return 0;
        }

        @Override
        public <R> R read(Node node, Reader<R> reader) {
            return reader.localResponseNormalization(node, this);
        }
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new InvalidInputException(what + " must be at least 1, found " + value);
        }
    }

    private static void required(String what, Object value) {
        if (value == null) {
            throw new InvalidInputException("An operation's " + what + " is missing");
        }
    }
}
