package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonGetter;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonSetter;

/**
 * Convolution, batch norm or bias, and activation: {@code [N, H, W, I]} to {@code [N, H/s, W/s, O]}.
 *
 * <p>Parameters: {@code W} {@code [O, I / groups, k, k]} (depthwise {@code [C, 1, k, k]}); with batch norm {@code gamma},
 * {@code beta}, {@code mean}, {@code var}, else {@code b}, each {@code [O]}. A block {@linkplain #withBias with both} has all.
 */
public final class ConvolutionBlock extends ChannelsLastLayer {
    private static final long serialVersionUID = 1L;

    static final String WEIGHTS = "W";
    static final String BIAS = "b";
    static final String GAMMA = "gamma";
    static final String BETA = "beta";
    static final String MEAN = "mean";
    static final String VARIANCE = "var";

    /** The parameters that are running statistics: the backward pass moves them, no gradient does. */
    public static final List<String> STATISTICS = List.of(MEAN, VARIANCE);

    @JsonProperty
    private int kernel;

    @JsonProperty
    private int stride;

    @JsonProperty
    private String padding;

    private int groups;
    private Activation activation;

    @JsonProperty
    private boolean batchNorm = true;

    @JsonProperty
    private boolean biasBeforeNorm;

    @JsonProperty
    private double epsilon;

    @JsonProperty
    private double decay;

    private boolean depthwiseOfVersion1;
    private boolean swishOfVersion1;

    @JsonProperty
    private double firstGamma = 1;

    @JsonProperty
    private boolean inputGradient;

    /** For reading from JSON. */
    ConvolutionBlock() {}

    /**
     * A block of these settings.
     *
     * @param firstGamma a new block's gamma; of no meaning without batch norm
     * @param inputGradient whether the gradient by the input is wanted; a network's first layer saves it
     * @param kernels the kernels' name
     */
    public ConvolutionBlock(ConvolutionSettings settings, double firstGamma, boolean inputGradient, String kernels) {
        super(settings.inChannels(), settings.outChannels(), kernels);
        this.kernel = settings.kernel();
        this.stride = settings.stride();
        this.padding = settings.padding().toString();
        this.groups = settings.groups();
        this.activation = settings.activation();
        this.batchNorm = settings.batchNorm().isPresent();
        this.epsilon = settings.batchNorm().map(BatchNorm::epsilon).orElse(0.0);
        this.decay = settings.batchNorm().map(BatchNorm::decay).orElse(0.0);
        this.firstGamma = firstGamma;
        this.inputGradient = inputGradient;
    }

    /**
     * Gives the block a bias before its batch norm, as VGG's have one: the batch's mean takes it away again, so that it moves
     * the running mean alone and never learns.
     *
     * @return this block
     */
    public ConvolutionBlock withBias() {
        biasBeforeNorm = true;
        return this;
    }

    @JsonGetter("groups")
    int groups() {
        return groups > 0 ? groups : groupsOfVersion1();
    }

    @JsonSetter("groups")
    void readGroups(int read) {
        groups = read;
    }

    @JsonGetter("activation")
    Activation activation() {
        return activation != null ? activation : activationOfVersion1();
    }

    @JsonSetter("activation")
    void readActivation(Activation read) {
        activation = read;
    }

    /** Takes what version 0.1's files have in place of groups. */
    @JsonSetter("depthwise")
    void readDepthwise(boolean depthwise) {
        depthwiseOfVersion1 = depthwise;
    }

    /** Takes what version 0.1's files have in place of the activation. */
    @JsonSetter("swish")
    void readSwish(boolean swish) {
        swishOfVersion1 = swish;
    }

    /** The convolution, its batch norm or bias, and its activation. */
    public ConvolutionSettings settings() {
        return new ConvolutionSettings(
                (int) nIn,
                (int) nOut,
                kernel,
                stride,
                Padding.parse(padding),
                groups(),
                activation(),
                batchNorm ? Optional.of(new BatchNorm(epsilon, decay)) : Optional.empty());
    }

    private int groupsOfVersion1() {
        return depthwiseOfVersion1 ? (int) nIn : 1;
    }

    private Activation activationOfVersion1() {
        return swishOfVersion1 ? Activation.SWISH : Activation.NONE;
    }

    boolean needsInputGradient() {
        return inputGradient;
    }

    /** From now on saves the gradient by the input: for a layer whose input nothing learns from. */
    public void saveInputGradient() {
        inputGradient = false;
    }

    /**
     * Moves a layer's running statistics, if it has any, by the batch of its last pass in training mode. The backward pass
     * of {@code fit} and {@code computeGradientAndScore} does so itself, no other pass does.
     */
    public static void moveStatistics(Layer layer) {
        if (layer instanceof ConvolutionBlockLayer block) {
            block.moveStatistics();
        }
    }

    /** Tells a layer's kernel, if it has one of ours, that its parameters were written from outside. */
    public static void parametersChanged(Layer layer) {
        if (layer instanceof ConvolutionBlockLayer block) {
            block.parametersChanged();
        }
    }

    @Override
    List<ParameterSpec> parameters() {
        ConvolutionSettings settings = settings();
        long fanOut = (long) kernel * kernel * nOut / settings.groups();
        ParameterSpec weights = ParameterSpec.kernel(WEIGHTS, fanOut, nOut, settings.filterChannels(), kernel, kernel);
        if (!batchNorm) {
            return List.of(weights, ParameterSpec.constant(BIAS, 0, nOut));
        }
        List<ParameterSpec> parameters = new ArrayList<>(List.of(weights));
        if (biasBeforeNorm) {
            parameters.add(ParameterSpec.constant(BIAS, 0, nOut));
        }
        parameters.add(ParameterSpec.constant(GAMMA, firstGamma, nOut));
        parameters.add(ParameterSpec.constant(BETA, 0, nOut));
        parameters.add(ParameterSpec.constant(MEAN, 0, nOut));
        parameters.add(ParameterSpec.constant(VARIANCE, 1, nOut));
        return parameters;
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
                && biasBeforeNorm == block.biasBeforeNorm
                && Double.compare(firstGamma, block.firstGamma) == 0
                && inputGradient == block.inputGradient
                && getKernels().equals(block.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), biasBeforeNorm, firstGamma, inputGradient, getKernels());
    }
}
