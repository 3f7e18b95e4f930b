package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ConcatenationKernel;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link ChannelConcatenation}. */
@SuppressWarnings("overrides") // DL4J's base class and its interface disagree about setInputs' varargs
final class ChannelConcatenationVertex extends PlainVertex {
    private static final long serialVersionUID = 1L;
    private static final int ALL_BUT_CHANNELS = 3;

    private final transient ConcatenationKernel concatenation;
    private transient List<Integer> channels;

    ChannelConcatenationVertex(
            ComputationGraph graph, String name, int index, DataType type, ChannelConcatenation configuration) {
        super(graph, name, index, type);
        this.concatenation =
                KernelProviders.choose(configuration.getKernels(), type).concatenation();
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        InputChecks.agree(vertexName, inputs, ALL_BUT_CHANNELS);
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        channels = Arrays.stream(inputs).map(input -> (int) input.size(3)).toList();
        return concatenation.forward(
                Arrays.stream(inputs).map(arrays::contiguous).toList(), arrays);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        List<INDArray> gradients = concatenation.backward(channels, arrays.contiguous(epsilon), arrays);
        return new Pair<>(null, gradients.toArray(INDArray[]::new));
    }

    @Override
    public String toString() {
        return "ChannelConcatenation(name=" + vertexName + ")";
    }
}
