package org.efficientnet4j.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.graph.layers.ChannelsLastLayer;
import org.efficientnet4j.graph.layers.MapReaders;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.UpdateKernel;
import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.efficientnet4j.kernels.UpdateKernel.Work;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's optimiser of a network, faster: gradient descent, Nesterov momentum, Adam and our {@link FusedConfiguration}s with
 * their weight decay in one multi-threaded pass over the flat vector, or over each stretch of it that has an optimiser of
 * its own, where the network's kernels can; anything else by DL4J's own arithmetic. State and results are DL4J's (to
 * rounding), so that saved networks go on training with either.
 *
 * <p>{@link #update} is DL4J's: it leaves the step in the gradient's place, for DL4J to subtract. {@link #step} does all of
 * it, clipping and moving average included, in the same pass.
 *
 * <p>DL4J M2.1 takes the network's own gradients for foreign ones, and then builds views of views of the parameters in a
 * loop whose cost grows with the square of their number: a quarter of EfficientNet-B0's training step.
 */
public final class FusedUpdater extends ComputationGraphUpdater {
    private final ComputationGraph graph;
    private final Optional<UpdateKernel> kernel;

    private FusedUpdater(ComputationGraph graph, INDArray state) {
        super(graph, state);
        this.graph = graph;
        this.kernel = kernel(graph);
    }

    private FusedUpdater(ComputationGraph graph) {
        super(graph);
        this.graph = graph;
        this.kernel = kernel(graph);
    }

    /**
     * Lets a network train with this class from now on; its optimiser's state is kept. Takes memory for the state.
     *
     * @return the network's updater
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException for a network with a layer that would read feature maps
     *     along the wrong axis
     */
    public static FusedUpdater install(ComputationGraph network) {
        MapReaders.check(network.getConfiguration());
        if (network.getGradientsViewArray() == null) {
            network.initGradientsView();
        }
        ComputationGraphUpdater existing = network.getUpdater(false);
        INDArray state = existing == null ? null : existing.getStateViewArray();
        FusedUpdater updater = state == null ? new FusedUpdater(network) : new FusedUpdater(network, state);
        network.setUpdater(updater);
        return updater;
    }

    private static Optional<UpdateKernel> kernel(ComputationGraph graph) {
        String kernels = Arrays.stream(graph.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(ChannelsLastLayer.class::isInstance)
                .map(layer -> ((ChannelsLastLayer) layer).getKernels())
                .findFirst()
                .orElse(KernelProviders.AUTOMATIC);
        return KernelProviders.choose(kernels, graph.params().dataType()).updates();
    }

    @Override
    public synchronized void update(
            Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
        INDArray flat = getFlattenedGradientsView();
        if (!isOwn(gradient.gradient(), flat)) {
            super.update(gradient, iteration, epoch, batchSize, workspaces);
            return;
        }
        Optional<List<UpdaterStretch>> stretches = stretches(iteration, epoch);
        if (stretches.isPresent()) {
            double factor = perExample(batchSize);
            stretches.get().forEach(stretch -> kernel.orElseThrow().turn(work(stretch, factor)));
        } else {
            super.update(new OwnGradient(gradient, flat), iteration, epoch, batchSize, workspaces);
        }
    }

    /**
     * Changes the network's weights.
     *
     * @param gradient the network's own, in whose flat vector the step is found afterwards
     */
    public synchronized void step(Gradient gradient, WeightStep step) {
        Optional<List<UpdaterStretch>> stretches = stretches(step.iteration(), step.epoch());
        if (stretches.isPresent()) {
            double norm =
                    step.clipNorm() > 0 ? Math.sqrt(kernel.orElseThrow().squares(getFlattenedGradientsView())) : 0;
            double factor = perExample(step.examples()) * step.shortening(norm);
            stretches.get().forEach(stretch -> kernel.orElseThrow()
                    .apply(
                            work(stretch, factor),
                            step.average().map(moving -> new Average(stretch.of(moving.values()), moving.kept()))));
        } else {
            INDArray flat = getFlattenedGradientsView();
            step.clip(flat);
            update(gradient, step.iteration(), step.epoch(), step.examples(), LayerWorkspaceMgr.noWorkspaces());
            INDArray weights = graph.params();
            weights.subi(flat.reshape(weights.shape()));
            step.follow(weights);
        }
    }

    private Optional<List<UpdaterStretch>> stretches(int iteration, int epoch) {
        return kernel.isPresent()
                ? UpdaterStretch.of(updaterBlocks, graph.params().length(), iteration, epoch)
                : Optional.empty();
    }

    private Work work(UpdaterStretch stretch, double factor) {
        return new Work(
                stretch.rule(),
                factor,
                stretch.of(graph.params()),
                stretch.of(getFlattenedGradientsView()),
                stretch.state(),
                stretch.runs());
    }

    private double perExample(int examples) {
        return 1.0 / (isMiniBatch() ? examples : 1);
    }

    private static boolean isOwn(INDArray given, INDArray flat) {
        return given.length() == flat.length()
                && given.data().address() + given.offset() == flat.data().address() + flat.offset();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FusedUpdater && super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** A gradient whose flat vector is the very object that DL4J compares with. */
    private static final class OwnGradient extends DefaultGradient {
        private static final long serialVersionUID = 1L;

        private final transient INDArray flat;

        OwnGradient(Gradient original, INDArray flat) {
            super(flat);
            this.flat = flat;
            original.gradientForVariable().forEach(this::setGradientFor);
        }

        @Override
        public INDArray gradient() {
            return flat;
        }
    }
}
