package org.efficientnet4j.kernels.onednn.inference;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.plan.Activation;

/** Steps of a network that are computed together, before a size of images is known. */
public sealed interface UnitSteps {
    /** Compiles them, for as many parts as the memory has bands. */
    InferenceUnit compile(ImageShape input, InferenceLoops loops, UnitMemory memory);

    /** The size of what they give. */
    ImageShape output(ImageShape input);

    /** The channels of what they give. */
    int outChannels();

    /** Returns whether the result may overwrite the input. */
    boolean inPlace();

    /** About how much memory goes through the cache for these images. */
    long busyBytes(ImageShape input);

    /**
     * The shortcut to which a block's last convolution is added: the block's input, or a convolution of it.
     *
     * @param projection the convolution
     * @param activation of the sum
     */
    record Shortcut(Optional<FoldedConvolution> projection, Activation activation) {}

    /**
     * Two or three convolutions in a row: an MBConv block, or a residual network's block. The last one keeps the size of its
     * images, and is pointwise where there is a gate.
     *
     * @param first expansion, or the stem
     * @param middle depthwise or not
     * @param gate squeeze-excite behind the middle one
     * @param last the projection
     */
    record Block(
            Optional<FoldedConvolution> first,
            FoldedConvolution middle,
            Optional<InferenceStep.SqueezeExcite> gate,
            FoldedConvolution last,
            Optional<Shortcut> shortcut)
            implements UnitSteps {
        @Override
        public InferenceUnit compile(ImageShape input, InferenceLoops loops, UnitMemory memory) {
            return new BlockUnit(this, input, loops, memory);
        }

        /** The size that the middle convolution reads. */
        ImageShape expanded(ImageShape input) {
            return first.map(convolution -> after(convolution, input)).orElse(input);
        }

        @Override
        public ImageShape output(ImageShape input) {
            return after(middle, expanded(input));
        }

        @Override
        public int outChannels() {
            return last.settings().outChannels();
        }

        @Override
        public boolean inPlace() {
            return shortcut.isPresent() && shortcut.get().projection().isEmpty();
        }

        @Override
        public long busyBytes(ImageShape input) {
            long channels = middle.settings().outChannels();
            return channels * (bytes(expanded(input)) + bytes(output(input)));
        }
    }

    /** One convolution, or a fused MBConv block's two, and its residual. */
    record Fused(Optional<FoldedConvolution> first, FoldedConvolution second, boolean residual) implements UnitSteps {
        @Override
        public InferenceUnit compile(ImageShape input, InferenceLoops loops, UnitMemory memory) {
            return new FusedUnit(this, input, loops, memory);
        }

        @Override
        public ImageShape output(ImageShape input) {
            return after(
                    second, first.map(convolution -> after(convolution, input)).orElse(input));
        }

        @Override
        public int outChannels() {
            return second.settings().outChannels();
        }

        /** A convolution reads rows that the band before would have overwritten. */
        @Override
        public boolean inPlace() {
            return false;
        }

        @Override
        public long busyBytes(ImageShape input) {
            ImageShape between =
                    first.map(convolution -> after(convolution, input)).orElse(input);
            return bytes(between) * second.settings().inChannels() + bytes(output(input)) * outChannels();
        }
    }

    /** The mean over pixels. */
    record Pooled(int outChannels) implements UnitSteps {
        @Override
        public InferenceUnit compile(ImageShape input, InferenceLoops loops, UnitMemory memory) {
            return new PoolingUnit(input, outChannels, memory.bands().size(), loops);
        }

        @Override
        public ImageShape output(ImageShape input) {
            return new ImageShape(input.images(), 1, 1);
        }

        @Override
        public boolean inPlace() {
            return false;
        }

        @Override
        public long busyBytes(ImageShape input) {
            return bytes(input) * outChannels;
        }
    }

    /** Maxima or means over windows. */
    record Windowed(PoolingSettings settings, int outChannels) implements UnitSteps {
        @Override
        public InferenceUnit compile(ImageShape input, InferenceLoops loops, UnitMemory memory) {
            return new WindowPoolingUnit(
                    settings, input, outChannels, memory.bands().size(), loops.pooling());
        }

        @Override
        public ImageShape output(ImageShape input) {
            return new ImageShape(
                    input.images(),
                    settings.rows(input.height()).size(),
                    settings.columns(input.width()).size());
        }

        @Override
        public boolean inPlace() {
            return false;
        }

        @Override
        public long busyBytes(ImageShape input) {
            return (bytes(input) + bytes(output(input))) * outChannels;
        }
    }

    private static ImageShape after(FoldedConvolution convolution, ImageShape input) {
        ConvolutionSettings settings = convolution.settings();
        return new ImageShape(input.images(), settings.outputSize(input.height()), settings.outputSize(input.width()));
    }

    /** Bytes of one channel of all images. */
    private static long bytes(ImageShape shape) {
        return 4L * shape.images() * shape.height() * shape.width();
    }
}
