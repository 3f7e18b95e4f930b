package org.efficientnet4j.graph.layers;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Base of the project's own layer configurations: input {@code [N, H, W, C]}, parameters from a list, kernels by name.
 *
 * <p>Batch-norm statistics are parameters whose gradient stays zero: the forward pass moves them itself, so that one
 * updater block can cover the whole network.
 */
public abstract class ChannelsLastLayer extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private String kernels = KernelProviders.AUTOMATIC;

    /** For reading from JSON. */
    protected ChannelsLastLayer() {}

    ChannelsLastLayer(int inChannels, int outChannels, String kernels) {
        this.nIn = inChannels;
        this.nOut = outChannels;
        this.kernels = kernels;
    }

    /** The kernels' name, see {@link KernelProviders}. */
    public String getKernels() {
        return kernels;
    }

    abstract List<ParameterSpec> parameters();

    /** True for an input of feature maps, false for one of vectors. */
    boolean readsMaps() {
        return true;
    }

    /** True for an output of feature maps, false for one of vectors. */
    boolean givesMaps() {
        return true;
    }

    abstract BaseLayer<?> runtime(NeuralNetConfiguration configuration, DataType type, KernelProvider provider);

    @Override
    public ParamInitializer initializer() {
        return parameters().isEmpty() ? EmptyParamInitializer.getInstance() : ParameterListInitializer.INSTANCE;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameterView,
            boolean initializeParameters,
            DataType type) {
        KernelProvider provider = KernelProviders.choose(kernels, type);
        MissingFlags.warnOnce(kernels, type);
        return new Instantiation(configuration, listeners, index, parameterView, initializeParameters)
                .of(runtime(configuration, type, provider), initializer());
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (nIn <= 0 || override) {
            nIn = convolutional(inputType).getChannels();
        }
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String parameter) {
        return initializer().isWeightParam(this, parameter) ? regularization : null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        long updaterState = iUpdater == null ? 0 : iUpdater.stateSize(parameters);
        InputType output = getOutputType(-1, inputType);
        return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, output)
                .standardMemory(parameters, updaterState)
                .workingMemory(0, 0, 0, 2 * output.arrayElementsPerExample())
                .cacheMemory(0, 0)
                .build();
    }

    /** Returns whether an array is contiguous in c order. */
    public static boolean isContiguous(INDArray array) {
        return LayerArrays.isContiguous(array);
    }

    static InputType.InputTypeConvolutional convolutional(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional convolutional) {
            return convolutional;
        }
        throw new IllegalStateException("Expected a convolutional input type, found " + type);
    }
}
