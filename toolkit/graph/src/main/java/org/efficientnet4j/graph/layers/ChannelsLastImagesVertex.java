package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link ChannelsLastImages}. */
@SuppressWarnings("overrides") // DL4J's base class and its interface disagree about setInputs' varargs
final class ChannelsLastImagesVertex extends PlainVertex {
    private static final long serialVersionUID = 1L;

    private final transient ChannelsLastPreProcessor conversion = new ChannelsLastPreProcessor();

    ChannelsLastImagesVertex(ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, type);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        return conversion.preProcess(inputs[0], (int) inputs[0].size(0), workspaces);
    }

    /** Hands no gradient on where the first layer computes none. */
    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        INDArray gradient = conversion.backprop(epsilon, (int) inputs[0].size(0), workspaces);
        return new Pair<>(null, new INDArray[] {gradient});
    }

    @Override
    public String toString() {
        return "ChannelsLastImages(name=" + vertexName + ")";
    }
}
