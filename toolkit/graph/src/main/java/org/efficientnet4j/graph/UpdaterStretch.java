package org.efficientnet4j.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.efficientnet4j.kernels.UpdateKernel.Run;
import org.efficientnet4j.kernels.UpdateRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Parameters in a row under one optimiser of DL4J's that a kernel can run, at one step.
 *
 * @param first the first one's place in the flat vector
 * @param end the place behind the last one
 * @param rule what the optimiser does
 * @param state the rule's vectors
 * @param runs the decays along them, from 0
 */
record UpdaterStretch(long first, long end, UpdateRule rule, List<INDArray> state, List<Run> runs) {
    /** The stretch of a flat vector. */
    INDArray of(INDArray vector) {
        INDArray flat = vector.reshape(vector.length());
        return first == 0 && end == flat.length() ? flat : flat.get(NDArrayIndex.interval(first, end));
    }

    /** All of so many parameters; empty where an optimiser or a decay is of a kind that only DL4J knows. */
    static Optional<List<UpdaterStretch>> of(List<UpdaterBlock> blocks, long parameters, int iteration, int epoch) {
        List<UpdaterStretch> result = new ArrayList<>();
        long end = 0;
        for (UpdaterBlock block : blocks) {
            Optional<UpdaterStretch> stretch = block.getParamOffsetStart() == end && keepsGradients(block)
                    ? of(block, iteration, epoch)
                    : Optional.empty();
            if (stretch.isEmpty()) {
                return Optional.empty();
            }
            result.add(stretch.get());
            end = stretch.get().end();
        }
        return end == parameters ? Optional.of(result) : Optional.empty();
    }

    private static boolean keepsGradients(UpdaterBlock block) {
        return block.getLayersAndVariablesInBlock().stream()
                .map(state -> state.getLayer().getConfig().getGradientNormalization())
                .allMatch(kind -> kind == null || kind == GradientNormalization.None);
    }

    private static Optional<UpdaterStretch> of(UpdaterBlock block, int iteration, int epoch) {
        IUpdater config = block.getGradientUpdater().getConfig();
        return rule(config, iteration, epoch).flatMap(rule -> runs(block, config, iteration, epoch)
                .map(runs -> new UpdaterStretch(
                        block.getParamOffsetStart(), block.getParamOffsetEnd(), rule, state(block, config), runs)));
    }

    private static Optional<UpdateRule> rule(IUpdater config, int iteration, int epoch) {
        if (config instanceof FusedConfiguration own) {
            return Optional.of(own.rule(iteration, epoch));
        } else if (config.getClass() == Sgd.class) {
            return Optional.of(new UpdateRule.Descent(config.getLearningRate(iteration, epoch)));
        } else if (config.getClass() == Nesterovs.class) {
            double momentum = ((Nesterovs) config).currentMomentum(iteration, epoch);
            return Optional.of(new UpdateRule.Nesterov(config.getLearningRate(iteration, epoch), momentum));
        } else if (config.getClass() == Adam.class) {
            Adam adam = (Adam) config;
            double unbias = Math.sqrt(1 - Math.pow(adam.getBeta2(), iteration + 1.0))
                    / (1 - Math.pow(adam.getBeta1(), iteration + 1.0));
            double rate = config.getLearningRate(iteration, epoch) * unbias;
            return Optional.of(new UpdateRule.Adam(rate, adam.getBeta1(), adam.getBeta2(), adam.getEpsilon()));
        }
        return Optional.empty();
    }

    private static List<INDArray> state(UpdaterBlock block, IUpdater config) {
        List<String> names = List.of();
        if (config instanceof FusedConfiguration own) {
            names = own.state();
        } else if (config instanceof Nesterovs) {
            names = List.of(NesterovsUpdater.V_STATE);
        } else if (config instanceof Adam) {
            names = List.of(AdamUpdater.M_STATE, AdamUpdater.V_STATE);
        }
        if (names.isEmpty()) {
            return List.of();
        }
        @SuppressWarnings("unchecked") // DL4J keeps its updaters as raw types
        Map<String, INDArray> vectors = block.getGradientUpdater().getState();
        return names.stream().map(vectors::get).toList();
    }

    private static Optional<List<Run>> runs(UpdaterBlock block, IUpdater config, int iteration, int epoch) {
        double rate = config.getLearningRate(iteration, epoch);
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
}
