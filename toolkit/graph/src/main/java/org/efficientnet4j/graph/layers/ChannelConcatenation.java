package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Images behind each other along their channels: {@code [N, H, W, C]} each to {@code [N, H, W, sum of C]}. */
public final class ChannelConcatenation extends GraphVertex {
    private static final long serialVersionUID = 1L;

    private final String kernels;

    /** @param kernels the kernels' name */
    public ChannelConcatenation(@JsonProperty("kernels") String kernels) {
        this.kernels = kernels;
    }

    /** The kernels' name, see {@link org.efficientnet4j.kernels.KernelProviders}. */
    public String getKernels() {
        return kernels;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameterView,
            boolean initializeParameters,
            DataType type) {
        MapReaders.check(graph.getConfiguration());
        return new ChannelConcatenationVertex(graph, name, index, type, this);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        InputType.InputTypeConvolutional first = ChannelsLastLayer.convolutional(inputs[0]);
        long channels = 0;
        for (InputType input : inputs) {
            channels += ChannelsLastLayer.convolutional(input).getChannels();
        }
        return InputType.convolutional(first.getHeight(), first.getWidth(), channels, CNN2DFormat.NHWC);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, ChannelConcatenation.class, inputs[0], getOutputType(-1, inputs))
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public GraphVertex clone() {
        return new ChannelConcatenation(kernels);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 2;
    }

    @Override
    public int maxVertexInputs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelConcatenation concatenation && kernels.equals(concatenation.kernels);
    }

    @Override
    public int hashCode() {
        return kernels.hashCode();
    }
}
