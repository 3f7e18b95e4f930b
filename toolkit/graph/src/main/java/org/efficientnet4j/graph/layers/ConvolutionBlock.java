package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Convolution without bias, batch norm and, optionally, swish: {@code [N, H, W, I]} to {@code [N, H/s, W/s, O]}.
 *
 * <p>Parameters: {@code W} {@code [O, I, k, k]} (depthwise {@code [C, 1, k, k]}), {@code gamma}, {@code beta},
 * {@code mean}, {@code var}, each {@code [O]}.
 */
public final class ConvolutionBlock extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    static final String WEIGHTS = "W";
    static final String GAMMA = "gamma";
    static final String BETA = "beta";
    static final String MEAN = "mean";
    static final String VARIANCE = "var";

    /** The parameters that are running statistics: the training pass moves them, no gradient does. */
    public static final List<String> STATISTICS = List.of(MEAN, VARIANCE);

    @JsonProperty
    private int kernel;

    @JsonProperty
    private int stride;

    @JsonProperty
    private boolean depthwise;

    @JsonProperty
    private boolean swish;

    @JsonProperty
    private String padding;

    @JsonProperty
    private double epsilon;

    @JsonProperty
    private double decay;

    @JsonProperty
    private double firstGamma = 1;

    @JsonProperty
    private boolean inputGradient;

    /** For reading from JSON. */
    ConvolutionBlock() {}

    /**
     * A block of these settings.
     *
     * @param firstGamma what a new block's gamma is
     * @param inputGradient whether the gradient by the input is wanted; a network's first layer saves it
     * @param kernels the kernels' name
     */
    public ConvolutionBlock(ConvolutionSettings settings, double firstGamma, boolean inputGradient, String kernels) {
        super(settings.inChannels(), settings.outChannels(), kernels);
        this.kernel = settings.kernel();
        this.stride = settings.stride();
        this.depthwise = settings.depthwise();
        this.swish = settings.swish();
        this.padding = settings.padding().toString();
        this.epsilon = settings.epsilon();
        this.decay = settings.decay();
        this.firstGamma = firstGamma;
        this.inputGradient = inputGradient;
    }

    /** What the kernel computes. */
    public ConvolutionSettings settings() {
        return new ConvolutionSettings(
                (int) nIn, (int) nOut, kernel, stride, depthwise, swish, Padding.parse(padding), epsilon, decay);
    }

    boolean needsInputGradient() {
        return inputGradient;
    }

    /** From now on saves the gradient by the input: for a layer whose input nothing learns from. */
    public void saveInputGradient() {
        inputGradient = false;
    }

    /** Tells a layer's kernel, if it has one of ours, that its parameters were written from outside. */
    public static void parametersChanged(Layer layer) {
        if (layer instanceof ConvolutionBlockLayer block) {
            block.parametersChanged();
        }
    }

    @Override
    List<ParameterSpec> parameters() {
        long area = (long) kernel * kernel;
        ParameterSpec weights = depthwise
                ? ParameterSpec.kernel(WEIGHTS, area, nOut, 1, kernel, kernel)
                : ParameterSpec.kernel(WEIGHTS, area * nOut, nOut, nIn, kernel, kernel);
        return List.of(
                weights,
                ParameterSpec.constant(GAMMA, firstGamma, nOut),
                ParameterSpec.constant(BETA, 0, nOut),
                ParameterSpec.constant(MEAN, 0, nOut),
                ParameterSpec.constant(VARIANCE, 1, nOut));
    }

    @Override
    BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider) {
        return new ConvolutionBlockLayer(configuration, type, provider.convolution(settings()));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeConvolutional input = convolutional(inputType);
        return InputType.convolutional(
                settings().outputSize((int) input.getHeight()),
                settings().outputSize((int) input.getWidth()),
                nOut,
                CNN2DFormat.NHWC);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConvolutionBlock block
                && super.equals(other)
                && settings().equals(block.settings())
                && Double.compare(firstGamma, block.firstGamma) == 0
                && inputGradient == block.inputGradient
                && getKernels().equals(block.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), firstGamma, inputGradient, getKernels());
    }
}
