package org.efficientnet4j.graph.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arguments with which DL4J instantiates a layer.
 *
 * @param index the layer's in the network
 * @param parameters its stretch of the flat vector
 * @param initialize whether the stretch is to be filled
 */
record Instantiation(
        NeuralNetConfiguration configuration,
        Collection<TrainingListener> listeners,
        int index,
        INDArray parameters,
        boolean initialize) {
    /** Gives it all to the layer, whose parameters are as the initializer lays them out. */
    Layer of(Layer layer, ParamInitializer initializer) {
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer.init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }
}
