package org.efficientnet4j.benchmark;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.graph.StepMemory;
import org.efficientnet4j.graph.StockGraph;
import org.efficientnet4j.graph.WeightStep;
import org.efficientnet4j.graph.layers.CheckpointedNetwork;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.kernels.threads.OpenMpThreads;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Times whole steps of a network of random weights on generated images that lie in memory. */
public final class NetworkBenchmark {
    private static final int CLASSES = 1000;
    private static final String STOCK = "stock DL4J";

    private NetworkBenchmark() {}

    /** Warms up, then measures; changes the process's number of kernel threads. */
    public static BenchmarkResult run(BenchmarkSettings settings) {
        KernelThreads.shared().setCount(settings.threads());
        GraphOptions options =
                GraphOptions.builder(settings.model()).classes(CLASSES).build();
        Step step = step(settings, options);
        OpenMpThreads.use(settings.threads());
        double[] seconds = StepTimer.seconds(step.body, settings.warmUpSeconds(), settings.steps());
        String provider = settings.stock()
                ? STOCK
                : KernelProviders.choose(options.kernels(), DataType.FLOAT).name();
        return BenchmarkResult.of(settings.batch(), seconds, ProcessMemory.peakMegabytes(), provider, step.inference);
    }

    /** The timed step, and the way of inference ({@code null} in training). */
    private record Step(Runnable body, String inference) {}

    private static Step step(BenchmarkSettings settings, GraphOptions options) {
        ComputationGraph network = network(settings, options);
        int size = settings.size();
        // The pipeline's batches are such views of channels-last memory; DL4J's own layers take theirs in [N, C, H, W].
        INDArray images = settings.stock()
                ? Nd4j.rand(DataType.FLOAT, settings.batch(), 3, size, size)
                : Nd4j.rand(DataType.FLOAT, settings.batch(), size, size, 3).permute(0, 3, 1, 2);
        if (settings.mode() == BenchmarkMode.INFER) {
            NetworkInference inference = NetworkInference.takingOver(network);
            return new Step(() -> inference.output(images), inference.isCompiled() ? "compiled" : "layer by layer");
        }
        INDArray labels = Nd4j.zeros(DataType.FLOAT, settings.batch(), CLASSES);
        for (int image = 0; image < settings.batch(); image++) {
            labels.putScalar(image, image % CLASSES, 1);
        }
        if (settings.stock()) {
            DataSet batch = new DataSet(images, labels);
            return new Step(() -> network.fit(batch), "");
        }
        return new Step(trainingStep(network, images, labels), "");
    }

    /** As the trainer does it. */
    private static Runnable trainingStep(ComputationGraph network, INDArray images, INDArray labels) {
        FusedUpdater updater = FusedUpdater.install(network);
        AtomicInteger steps = new AtomicInteger();
        return () -> {
            network.setInputs(images);
            network.setLabels(labels);
            StepMemory.prepare();
            network.computeGradientAndScore();
            network.clearLayersStates();
            int examples = (int) images.size(0);
            updater.step(network.gradient(), new WeightStep(steps.getAndIncrement(), 0, examples, 0, Optional.empty()));
        };
    }

    private static ComputationGraph network(BenchmarkSettings settings, GraphOptions options) {
        if (settings.stock()) {
            ComputationGraph network = new ComputationGraph(
                    StockGraph.configuration(settings.model().plan(), options));
            network.init();
            return network;
        }
        ComputationGraph network = NetworkGraph.create(settings.model(), options);
        if (settings.mode() == BenchmarkMode.TRAIN) {
            FusedBlocks.install(network, false);
            CheckpointedNetwork.install(network, settings.model().plan(), settings.checkpointing());
        }
        return network;
    }
}
