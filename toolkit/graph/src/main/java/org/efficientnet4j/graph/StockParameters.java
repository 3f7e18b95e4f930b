package org.efficientnet4j.graph;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.DenseBlock;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies parameters from a network of own layers into one of DL4J's; reading a node returns the number of arrays copied. */
final class StockParameters implements Operation.Reader<Integer> {
    private final ComputationGraph from;
    private final ComputationGraph to;

    StockParameters(ComputationGraph from, ComputationGraph to) {
        this.from = from;
        this.to = to;
    }

    private void copy(String source, String target) {
        to.setParam(target, from.getParam(source).reshape(to.getParam(target).shape()));
    }

    @Override
    public Integer convolution(Node node, Operation.Convolution operation) {
        String name = node.name();
        INDArray weights = from.getParam(name + "_W");
        to.setParam(
                name + StockLayers.CONVOLUTION + "_W", operation.depthwise() ? weights.permute(2, 3, 0, 1) : weights);
        List<String> norm = operation.batchNorm() ? List.of("_gamma", "_beta", "_mean", "_var") : List.of();
        norm.forEach(key -> copy(name + key, name + StockLayers.NORM + key));
        if (operation.bias()) {
            copy(name + "_b", name + StockLayers.CONVOLUTION + "_b");
        }
        return 1 + norm.size() + (operation.bias() ? 1 : 0);
    }

    @Override
    public Integer squeezeExcite(Node node, Operation.SqueezeExcite operation) {
        copySqueezed(node.name(), "1", StockLayers.REDUCE);
        copySqueezed(node.name(), "2", StockLayers.EXPAND);
        return 4;
    }

    private void copySqueezed(String name, String number, String layer) {
        copy(name + "_W" + number, name + layer + "_W");
        copy(name + "_b" + number, name + layer + "_b");
    }

    @Override
    public Integer dense(Node node, Operation.Dense operation) {
        INDArray weights = from.getParam(node.name() + "_W");
        boolean hidden = from.getLayer(node.name()).conf().getLayer() instanceof DenseBlock;
        to.setParam(node.name() + "_W", hidden ? weights.transpose() : weights);
        to.setParam(node.name() + "_b", from.getParam(node.name() + "_b"));
        return 2;
    }

    @Override
    public Integer pooling(Node node, Operation.Pooling operation) {
        return 0;
    }

    @Override
    public Integer adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return 0;
    }

    @Override
    public Integer globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return 0;
    }

    @Override
    public Integer add(Node node, Operation.Add operation) {
        return 0;
    }

    @Override
    public Integer concatenation(Node node, Operation.Concatenation operation) {
        return 0;
    }

    @Override
    public Integer flatten(Node node, Operation.Flatten operation) {
        return 0;
    }

    @Override
    public Integer dropout(Node node, Operation.Dropout operation) {
        return 0;
    }

    @Override
    public Integer localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return 0;
    }
}
