package org.efficientnet4j.graph.layers;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.efficientnet4j.kernels.ClassifierKernel;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's output layer, whose matrix products run on the toolkit's kernels where these have them: DL4J's run on one thread
 * beside them. Parameters, loss and results are DL4J's.
 */
public final class Classifier extends OutputLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private String kernels = KernelProviders.AUTOMATIC;

    /** For reading from JSON. */
    Classifier() {}

    /**
     * An output layer.
     *
     * @param layer what DL4J's would be
     * @param kernels the kernels' name, see {@link KernelProviders}
     */
    public Classifier(OutputLayer.Builder layer, String kernels) {
        super(layer);
        this.kernels = kernels;
    }

    /** The kernels' name, see {@link KernelProviders}. */
    public String getKernels() {
        return kernels;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameterView,
            boolean initializeParameters,
            DataType type) {
        Optional<ClassifierKernel> products =
                KernelProviders.choose(kernels, type).classifier(Math.toIntExact(nIn), Math.toIntExact(nOut));
        if (products.isEmpty()) {
            return super.instantiate(configuration, listeners, index, parameterView, initializeParameters, type);
        }
        return new Instantiation(configuration, listeners, index, parameterView, initializeParameters)
                .of(new ClassifierLayer(configuration, type, products.get()), initializer());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Classifier classifier && super.equals(other) && kernels.equals(classifier.kernels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), kernels);
    }
}
