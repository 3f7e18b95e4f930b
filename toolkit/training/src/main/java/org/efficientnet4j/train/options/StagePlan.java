package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.progressive.ProgressiveStage;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * A stage as a user writes it down; what is left out is as in the whole run.
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
public record StagePlan(
        int size,
        int epochs,
        Optional<Integer> batch,
        Optional<Double> dropout,
        Optional<Double> dropConnectRate,
        Optional<Double> randAugment,
        Optional<Double> mixup,
        Optional<Double> cutmix) {
    /** A stage that differs from the others in size alone. */
    public static StagePlan of(int size, int epochs) {
        return new StagePlan(
                size,
                epochs,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A resolved stage, written down. */
    static StagePlan of(ProgressiveStage stage) {
        Strengths strengths = stage.strengths();
        return new StagePlan(
                stage.size(),
                stage.epochs(),
                Optional.of(stage.batch()),
                Optional.of(strengths.dropout()),
                Optional.of(strengths.dropConnectRate()),
                Optional.of(strengths.randAugment()),
                Optional.of(strengths.mixup()),
                Optional.of(strengths.cutmix()));
    }

    static List<ProgressiveStage> complete(List<StagePlan> plans, int batch, Strengths strengths) {
        List<ProgressiveStage> stages = new ArrayList<>();
        for (StagePlan plan : plans) {
            try {
                stages.add(plan.complete(batch, strengths));
            } catch (InvalidInputException e) {
                throw new InvalidInputException("progressive.plan[" + stages.size() + "]: " + e.getMessage(), e);
            }
        }
        return stages;
    }

    private ProgressiveStage complete(int usualBatch, Strengths usual) {
        Strengths strengths = new Strengths(
                dropout.orElse(usual.dropout()),
                dropConnectRate.orElse(usual.dropConnectRate()),
                randAugment.orElse(usual.randAugment()),
                mixup.orElse(usual.mixup()),
                cutmix.orElse(usual.cutmix()));
        return new ProgressiveStage(size, batch.orElse(usualBatch), epochs, strengths);
    }
}
