package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ChannelsLastPreProcessor} as a vertex: DL4J shows vertices their network when it is initialised, so that this one
 * has it checked by {@link MapReaders}, whatever follows it and whatever is cut off.
 */
public final class ChannelsLastImages extends GraphVertex {
    private static final long serialVersionUID = 1L;

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameterView,
            boolean initializeParameters,
            DataType type) {
        MapReaders.check(graph.getConfiguration());
        return new ChannelsLastImagesVertex(graph, name, index, type);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return new ChannelsLastPreProcessor().getOutputType(inputs[0]);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(null, ChannelsLastImages.class, inputs[0], getOutputType(-1, inputs))
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public GraphVertex clone() {
        return new ChannelsLastImages();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelsLastImages;
    }

    @Override
    public int hashCode() {
        return ChannelsLastImages.class.hashCode();
    }
}
