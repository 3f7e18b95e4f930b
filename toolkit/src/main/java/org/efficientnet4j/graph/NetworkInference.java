package org.efficientnet4j.graph;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ChannelsLastLayer;
import org.efficientnet4j.graph.layers.InferenceSteps;
import org.efficientnet4j.kernels.InferenceEngine;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fastest way to a network's output in inference (no dropout, running batch-norm statistics): compiled as a whole
 * where its kernels can do that, layer by layer through DL4J where they can't, with the same numbers to rounding.
 *
 * <p>Sees what the network's own layers see: training steps, {@code setParam}, {@code setParams} and
 * {@link Subgraph#parametersChanged}. After writing into parameter arrays in place, call that method. One thread at a
 * time, and not while the network trains.
 *
 * <pre>{@code
 * try (NetworkInference inference = NetworkInference.of(network)) {
 *     INDArray probabilities = inference.output(images);
 * }
 * }</pre>
 */
public final class NetworkInference implements AutoCloseable {
    private final ComputationGraph network;
    private final Optional<InferenceEngine> engine;
    private long seenWrites;

    private NetworkInference(ComputationGraph network, Optional<InferenceEngine> engine) {
        this.network = network;
        this.engine = engine;
        this.seenWrites = InferenceSteps.writes(network);
    }

    /**
     * Inference of a network.
     *
     * @param network initialised, of one output; shared, not copied
     */
    public static NetworkInference of(ComputationGraph network) {
        return new NetworkInference(network, engine(network));
    }

    private static Optional<InferenceEngine> engine(ComputationGraph network) {
        if (network.getConfiguration().getDataType() != DataType.FLOAT || network.getNumLayers() == 0) {
            return Optional.empty();
        }
        Layer first = network.getLayer(0).conf().getLayer();
        return first instanceof ChannelsLastLayer layer
                ? InferenceSteps.of(network).flatMap(steps -> KernelProviders.choose(layer.getKernels(), DataType.FLOAT)
                        .inference(steps))
                : Optional.empty();
    }

    /** Whether the network runs compiled as a whole. */
    public boolean isCompiled() {
        return engine.isPresent();
    }

    /**
     * The network's output.
     *
     * @param images {@code [N, C, H, W]}, any memory order (views of channels-last memory are not copied)
     * @return {@code [N, classes]}, pooled features {@code [N, C]} or a feature map {@code [N, H, W, C]}, as the network
     *     ends; in memory of its own
     */
    public INDArray output(INDArray images) {
        if (engine.isEmpty()) {
            return network.outputSingle(images);
        }
        long writes = InferenceSteps.writes(network);
        if (writes != seenWrites) {
            engine.get().parametersChanged();
            seenWrites = writes;
        }
        INDArray channelsLast = images.castTo(DataType.FLOAT).permute(0, 2, 3, 1);
        return engine.get().infer(ChannelsLastLayer.isContiguous(channelsLast) ? channelsLast : channelsLast.dup('c'));
    }

    @Override
    public void close() {
        engine.ifPresent(InferenceEngine::close);
    }
}
