package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * A phase as a user writes it down; what is left out is as in the whole run.
 *
 * @param size image height and width in pixels
 * @param epochs passes over the training images
 * @param batch images a step
 * @param dropout drop rate before the classifier
 * @param dropConnectRate stochastic depth's drop rate of the last block
 * @param randAugment magnitude
 * @param mixup alpha
 * @param cutmix alpha
 */
public record PhasePlan(
        int size,
        int epochs,
        Optional<Integer> batch,
        Optional<Double> dropout,
        Optional<Double> dropConnectRate,
        Optional<Double> randAugment,
        Optional<Double> mixup,
        Optional<Double> cutmix) {
    /** A phase that differs from the others in size alone. */
    public static PhasePlan of(int size, int epochs) {
        return new PhasePlan(
                size,
                epochs,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A resolved phase, written down. */
    public static PhasePlan of(ProgressivePhase phase) {
        Strengths strengths = phase.strengths();
        return new PhasePlan(
                phase.size(),
                phase.epochs(),
                Optional.of(phase.batch()),
                Optional.of(strengths.dropout()),
                Optional.of(strengths.dropConnectRate()),
                Optional.of(strengths.randAugment()),
                Optional.of(strengths.mixup()),
                Optional.of(strengths.cutmix()));
    }

    /** The plan with everything that it leaves out taken from the run's options. */
    static List<PhasePlan> completed(List<PhasePlan> plans, Settings run) {
        Strengths strengths = RegularizationOptions.strengths(run);
        List<PhasePlan> completed = new ArrayList<>();
        for (PhasePlan plan : plans) {
            try {
                completed.add(of(plan.phase(run.get(DataOptions.BATCH), strengths)));
            } catch (InvalidInputException e) {
                throw new InvalidInputException("progressive.plan[" + completed.size() + "]: " + e.getMessage(), e);
            }
        }
        return completed;
    }

    /** The phases of a completed plan. */
    static List<ProgressivePhase> phases(List<PhasePlan> completed) {
        return completed.stream().map(PhasePlan::phase).toList();
    }

    static int epochs(List<PhasePlan> plans) {
        return plans.stream().mapToInt(PhasePlan::epochs).sum();
    }

    private ProgressivePhase phase() {
        return new ProgressivePhase(
                size,
                batch.orElseThrow(),
                epochs,
                new Strengths(
                        dropout.orElseThrow(),
                        dropConnectRate.orElseThrow(),
                        randAugment.orElseThrow(),
                        mixup.orElseThrow(),
                        cutmix.orElseThrow()));
    }

    private ProgressivePhase phase(int usualBatch, Strengths usual) {
        Strengths strengths = new Strengths(
                dropout.orElse(usual.dropout()),
                dropConnectRate.orElse(usual.dropConnectRate()),
                randAugment.orElse(usual.randAugment()),
                mixup.orElse(usual.mixup()),
                cutmix.orElse(usual.cutmix()));
        return new ProgressivePhase(size, batch.orElse(usualBatch), epochs, strengths);
    }
}
