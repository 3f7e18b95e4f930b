package org.efficientnet4j.graph;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.ChannelsLastLayer;
import org.efficientnet4j.graph.layers.InferenceSteps;
import org.efficientnet4j.graph.layers.MapReaders;
import org.efficientnet4j.graph.layers.NetworkSteps;
import org.efficientnet4j.kernels.InferenceEngine;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.InferenceStep.Classifier;
import org.efficientnet4j.kernels.InferenceStep.SqueezeExcite;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fastest way to a network's output in inference (no dropout, running batch-norm statistics): compiled as a whole
 * where its kernels can do that, layer by layer through DL4J where they can't, with the same numbers to rounding.
 *
 * <p>Sees every write into the network's parameters, in place as well: their hash is taken before each output (see
 * docs/performance.md for the time it takes). One thread at a time, and not while the network trains.
 *
 * <pre>{@code
 * try (NetworkInference inference = NetworkInference.of(network)) {
 *     INDArray probabilities = inference.output(images);
 * }
 * }</pre>
 */
public final class NetworkInference implements AutoCloseable {
    /** Empty where it was taken over. */
    private final Optional<ComputationGraph> network;

    /** Empty where it is not compiled. */
    private final Optional<NetworkSteps> steps;

    private final Optional<InferenceEngine> engine;

    private NetworkInference(
            Optional<ComputationGraph> network, Optional<NetworkSteps> steps, Optional<InferenceEngine> engine) {
        this.network = network;
        this.steps = steps;
        this.engine = engine;
    }

    /**
     * Inference of a network.
     *
     * @param network initialised, of one output; shared, not copied
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if one of its layers would read feature maps along the
     *     wrong axis
     */
    public static NetworkInference of(ComputationGraph network) {
        Optional<NetworkSteps> steps = steps(network);
        return new NetworkInference(
                Optional.of(network), steps, steps.flatMap(found -> engine(network, found.steps())));
    }

    /**
     * Inference of a network that nobody needs for anything else: where it is compiled, the network's own parameters are
     * freed, as the compiled form has them in another order. Using the network afterwards throws.
     *
     * @param network initialised, of one output; sharing its parameters with no other
     */
    public static NetworkInference takingOver(ComputationGraph network) {
        Optional<NetworkSteps> steps = steps(network);
        Optional<InferenceEngine> engine = steps.flatMap(found -> engine(
                network,
                found.steps().stream().map(NetworkInference::withOwnMatrices).toList()));
        if (engine.isEmpty()) {
            return new NetworkInference(Optional.of(network), steps, engine);
        }
        engine.get().keepConvolutions();
        free(network.params().data());
        return new NetworkInference(Optional.empty(), steps, engine);
    }

    /** Convolutions have a folded copy in any case; the matrices are else read where the network has them. */
    private static InferenceStep withOwnMatrices(InferenceStep step) {
        if (step instanceof SqueezeExcite gate) {
            return new SqueezeExcite(
                    gate.source(), gate.settings(), gate.parameters().copy());
        } else if (step instanceof Classifier classifier) {
            return new Classifier(
                    classifier.source(),
                    classifier.weights().dup('c'),
                    classifier.bias().dup('c'));
        }
        return step;
    }

    private static Optional<NetworkSteps> steps(ComputationGraph network) {
        MapReaders.check(network.getConfiguration());
        return network.getConfiguration().getDataType() == DataType.FLOAT
                        && network.getNumLayers() > 0
                        && network.getLayer(0).conf().getLayer() instanceof ChannelsLastLayer
                ? InferenceSteps.of(network)
                : Optional.empty();
    }

    private static Optional<InferenceEngine> engine(ComputationGraph network, List<InferenceStep> steps) {
        ChannelsLastLayer first = (ChannelsLastLayer) network.getLayer(0).conf().getLayer();
        return KernelProviders.choose(first.getKernels(), DataType.FLOAT).inference(steps);
    }

    /** Returns whether the network runs compiled as a whole. */
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
            return network.orElseThrow().outputSingle(images);
        }
        steps.orElseThrow().requireImages(images);
        INDArray channelsLast = images.castTo(DataType.FLOAT).permute(0, 2, 3, 1);
        return engine.get().infer(ChannelsLastLayer.isContiguous(channelsLast) ? channelsLast : channelsLast.dup('c'));
    }

    /** All that a buffer is a view of. */
    private static void free(DataBuffer buffer) {
        DataBuffer whole = Optional.ofNullable(buffer.originalDataBuffer()).orElse(buffer);
        if (whole.closeable()) {
            whole.close();
        }
    }

    @Override
    public void close() {
        engine.ifPresent(InferenceEngine::close);
    }
}
