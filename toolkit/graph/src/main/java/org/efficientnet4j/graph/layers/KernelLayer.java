package org.efficientnet4j.graph.layers;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Base of the project's own layers at run time. */
abstract class KernelLayer<C extends ChannelsLastLayer> extends BaseLayer<C> {
    private static final long serialVersionUID = 1L;

    KernelLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** The layer's name for messages. */
    final String name() {
        return layerConf().getLayerName();
    }

    /** Checks that the input is images of the layer's channels. */
    final void requireImages() {
        InputChecks.images(name(), input, layerConf().getNIn());
    }

    /** Takes over a flat vector in C order, in which our parameters lie; DL4J's layers expect Fortran order. */
    @Override
    public void setParams(INDArray flat) {
        if (flat != paramsFlattened) {
            setParams(flat, 'c');
        }
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** The gradients by name, as the kernel has written them into DL4J's flat vector. */
    final Gradient gradients() {
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        for (Map.Entry<String, INDArray> view : gradientViews.entrySet()) {
            gradient.setGradientFor(view.getKey(), view.getValue());
        }
        return gradient;
    }
}
