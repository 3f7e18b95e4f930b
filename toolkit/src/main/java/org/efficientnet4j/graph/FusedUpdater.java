package org.efficientnet4j.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.graph.layers.ChannelsLastLayer;
import org.efficientnet4j.kernels.AdamKernel;
import org.efficientnet4j.kernels.AdamKernel.Run;
import org.efficientnet4j.kernels.KernelProviders;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * DL4J's optimiser of a network, faster: Adam with its weight decay in one multi-threaded pass over the flat vector, or
 * over each stretch of it that has an Adam of its own, where the network's kernels have one; anything else by DL4J's own arithmetic. State and results are DL4J's (to rounding), so
 * that saved networks go on training with either.
 *
 * <p>DL4J M2.1 takes the network's own gradients for foreign ones, and then builds views of views of the parameters in a
 * loop whose cost grows with the square of their number: a quarter of EfficientNet-B0's training step.
 */
public final class FusedUpdater extends ComputationGraphUpdater {
    private final ComputationGraph graph;
    private final Optional<AdamKernel> kernel;

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

    /** Lets a network train with this class from now on; its optimiser's state is kept. Takes memory for the state. */
    public static void install(ComputationGraph network) {
        if (network.getGradientsViewArray() == null) {
            network.initGradientsView();
        }
        ComputationGraphUpdater existing = network.getUpdater(false);
        INDArray state = existing == null ? null : existing.getStateViewArray();
        network.setUpdater(state == null ? new FusedUpdater(network) : new FusedUpdater(network, state));
    }

    private static Optional<AdamKernel> kernel(ComputationGraph graph) {
        String kernels = Arrays.stream(graph.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(ChannelsLastLayer.class::isInstance)
                .map(layer -> ((ChannelsLastLayer) layer).getKernels())
                .findFirst()
                .orElse(KernelProviders.AUTOMATIC);
        return KernelProviders.choose(kernels, graph.params().dataType()).adam();
    }

    @Override
    public synchronized void update(
            Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
        INDArray flat = getFlattenedGradientsView();
        if (!isOwn(gradient.gradient(), flat)) {
            super.update(gradient, iteration, epoch, batchSize, workspaces);
            return;
        }
        Optional<List<Stretch>> stretches =
                kernel.isPresent() && isPlainAdam() ? stretches(iteration, epoch) : Optional.empty();
        if (stretches.isPresent()) {
            double factor = 1.0 / (isMiniBatch() ? batchSize : 1);
            stretches.get().forEach(stretch -> adam(stretch, flat, iteration, epoch, factor));
        } else {
            super.update(new OwnGradient(gradient, flat), iteration, epoch, batchSize, workspaces);
        }
    }

    /**
     * Parameters in a row under one Adam.
     *
     * @param block DL4J's record of them
     * @param runs the decays along them, from 0
     */
    private record Stretch(UpdaterBlock block, List<Run> runs) {
        AdamUpdater updater() {
            return (AdamUpdater) block.getGradientUpdater();
        }

        INDArray of(INDArray vector) {
            return vector.reshape(vector.length())
                    .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd()));
        }
    }

    private static boolean isOwn(INDArray given, INDArray flat) {
        return given.length() == flat.length()
                && given.data().address() + given.offset() == flat.data().address() + flat.offset();
    }

    private boolean isPlainAdam() {
        int end = 0;
        for (UpdaterBlock block : updaterBlocks) {
            if (!isPlainAdam(block) || block.getParamOffsetStart() != end) {
                return false;
            }
            end = block.getParamOffsetEnd();
        }
        return end == graph.params().length();
    }

    private static boolean isPlainAdam(UpdaterBlock block) {
        return block.getGradientUpdater() instanceof AdamUpdater adam
                && adam.getConfig().getClass() == Adam.class
                && block.getLayersAndVariablesInBlock().stream()
                        .map(state -> state.getLayer().getConfig().getGradientNormalization())
                        .allMatch(kind -> kind == null || kind == GradientNormalization.None);
    }

    /** The whole flat vector; empty where one of its decays is of a kind that only DL4J knows. */
    private Optional<List<Stretch>> stretches(int iteration, int epoch) {
        List<Stretch> stretches = new ArrayList<>();
        for (UpdaterBlock block : updaterBlocks) {
            Optional<List<Run>> runs = runs(block, iteration, epoch);
            if (runs.isEmpty()) {
                return Optional.empty();
            }
            stretches.add(new Stretch(block, runs.get()));
        }
        return Optional.of(stretches);
    }

    private static Optional<List<Run>> runs(UpdaterBlock block, int iteration, int epoch) {
        double rate = ((AdamUpdater) block.getGradientUpdater()).getConfig().getLearningRate(iteration, epoch);
        List<Run> result = new ArrayList<>();
        for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
            double l2 = 0;
            double decay = 0;
            for (Regularization kind : regularization(state)) {
                if (kind.getClass() == L2Regularization.class) {
                    l2 += ((L2Regularization) kind).getL2().valueAt(iteration, epoch);
                } else if (kind.getClass() == WeightDecay.class) {
                    WeightDecay weightDecay = (WeightDecay) kind;
                    decay += weightDecay.getCoeff().valueAt(iteration, epoch) * (weightDecay.isApplyLR() ? rate : 1);
                } else {
                    return Optional.empty();
                }
            }
            int start = block.getParamOffsetStart();
            append(result, state.getParamOffsetStart() - start, state.getParamOffsetEnd() - start, l2, decay);
        }
        return Optional.of(result);
    }

    private static List<Regularization> regularization(UpdaterBlock.ParamState state) {
        List<Regularization> list = state.getLayer().getConfig().getRegularizationByParam(state.getParamName());
        return list == null ? List.of() : list;
    }

    private static void append(List<Run> runs, long first, long end, double l2, double decay) {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null && last.l2() == l2 && last.decay() == decay && last.first() + last.length() == first) {
            runs.set(runs.size() - 1, new Run(last.first(), last.length() + end - first, l2, decay));
        } else {
            runs.add(new Run(first, end - first, l2, decay));
        }
    }

    private void adam(Stretch stretch, INDArray gradient, int iteration, int epoch, double factor) {
        Adam config = stretch.updater().getConfig();
        double unbias = Math.sqrt(1 - Math.pow(config.getBeta2(), iteration + 1.0))
                / (1 - Math.pow(config.getBeta1(), iteration + 1.0));
        Map<String, INDArray> state = stretch.updater().getState();
        kernel.orElseThrow()
                .step(
                        new AdamKernel.Settings(
                                factor,
                                config.getLearningRate(iteration, epoch) * unbias,
                                config.getBeta1(),
                                config.getBeta2(),
                                config.getEpsilon()),
                        stretch.of(graph.params()),
                        stretch.of(gradient),
                        state.get(AdamUpdater.M_STATE),
                        state.get(AdamUpdater.V_STATE),
                        stretch.runs());
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
