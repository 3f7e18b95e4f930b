package org.efficientnet4j.graph.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays a layer's parameter list out in DL4J's flat vector. */
final class ParameterListInitializer implements ParamInitializer {
    static final ParameterListInitializer INSTANCE = new ParameterListInitializer();

    private ParameterListInitializer() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return specs(layer).stream().mapToLong(ParameterSpec::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return specs(layer).stream().map(ParameterSpec::name).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return specs(layer).stream()
                .filter(ParameterSpec::weight)
                .map(ParameterSpec::name)
                .toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return specs(layer).stream()
                .filter(spec -> !spec.weight())
                .map(ParameterSpec::name)
                .toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(
            NeuralNetConfiguration configuration, INDArray parameters, boolean initializeParameters) {
        Map<String, INDArray> views = views(configuration.getLayer(), parameters);
        for (ParameterSpec spec : specs(configuration.getLayer())) {
            if (initializeParameters) {
                spec.initialise(views.get(spec.name()).reshape(spec.length()));
            }
            configuration.addVariable(spec.name());
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray gradients) {
        return views(configuration.getLayer(), gradients);
    }

    private static Map<String, INDArray> views(Layer layer, INDArray flat) {
        INDArray vector = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long offset = 0;
        for (ParameterSpec spec : specs(layer)) {
            long end = offset + spec.length();
            views.put(
                    spec.name(),
                    vector.get(NDArrayIndex.interval(offset, end))
                            .reshape(
                                    'c',
                                    spec.shape().stream()
                                            .mapToLong(Long::longValue)
                                            .toArray()));
            offset = end;
        }
        return views;
    }

    private static List<ParameterSpec> specs(Layer layer) {
        return ((ChannelsLastLayer) layer).parameters();
    }
}
