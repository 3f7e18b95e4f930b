package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.ProgressiveSchedule;
import org.efficientnet4j.train.progressive.ProgressiveSchedule.Division;

/**
 * Everything that decides how a training run goes, fully resolved: the content of a run directory's config.yaml.
 *
 * @param model name of a catalogue's model, or path of an architecture's YAML file
 * @param epochs passes over the training images, at least 1
 * @param seed of the weights, the order, the augmentation and the dropout
 * @param checkpointEvery epochs from one checkpoint to the next, at least 1
 * @param keepCheckpoints how many of the latest checkpoints are kept, at least 1, besides the best
 * @param checkpointActivations what of the activations is computed again to save memory; changes results by
 *     rounding alone
 * @param data what the network sees
 * @param optimizer how weights are changed
 * @param schedule how the learning rate goes
 * @param regularization what keeps it from learning by heart
 * @param erasing rectangles erased from training images
 * @param progressive how size and regularisation grow
 * @param averaging of the weights
 * @param validation when it is judged
 * @param transfer what is taken over from a trained network
 */
public record TrainingOptions(
        String model,
        int epochs,
        long seed,
        int checkpointEvery,
        int keepCheckpoints,
        ActivationCheckpointing checkpointActivations,
        InputOptions data,
        OptimizerOptions optimizer,
        ScheduleOptions schedule,
        RegularizationOptions regularization,
        ErasingOptions erasing,
        ProgressiveOptions progressive,
        AveragingOptions averaging,
        ValidationOptions validation,
        TransferOptions transfer) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public TrainingOptions {
        Objects.requireNonNull(checkpointActivations, "checkpointActivations");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(regularization, "regularization");
        Objects.requireNonNull(erasing, "erasing");
        Objects.requireNonNull(progressive, "progressive");
        Objects.requireNonNull(averaging, "averaging");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(transfer, "transfer");
        Checks.notBlank("model", model);
        Checks.atLeast("epochs", epochs, 1);
        Checks.atLeast("checkpointEvery", checkpointEvery, 1);
        Checks.atLeast("keepCheckpoints", keepCheckpoints, 1);
        if (schedule.warmupEpochs() > epochs) {
            throw new InvalidInputException("schedule.warmupEpochs must not exceed epochs, found "
                    + schedule.warmupEpochs() + " of " + epochs + ": train longer or shorten the warm-up");
        }
    }

    private static void requireOneAutomaticPolicy(InputOptions data, ProgressiveSchedule stages) {
        boolean randAugment =
                stages.stages().stream().anyMatch(stage -> stage.strengths().randAugment() > 0);
        if (randAugment && data.augmentation().learnt().isPresent()) {
            throw new InvalidInputException("AutoAugment and RandAugment are alternatives, found data.augmentation "
                    + data.augmentation()
                    + " and a magnitude of RandAugment above 0: choose data.augmentation standard,"
                    + " or set regularization.randAugment to 0 (--rand-augment 0)");
        }
    }

    /** These options, if its stages can be made of them. */
    TrainingOptions checked() {
        ProgressiveSchedule stages = stages();
        requireOneAutomaticPolicy(data, stages);
        int planned = stages.epochs();
        if (planned != epochs) {
            throw new InvalidInputException("The epochs of progressive.plan must sum up to epochs, found " + planned
                    + " and " + epochs + ": leave epochs out, or mend the plan");
        }
        return this;
    }

    /** A builder whose unset options take their defaults. */
    public static TrainingOptionsBuilder builder() {
        return new TrainingOptionsBuilder();
    }

    /**
     * The run's stages.
     *
     * @throws InvalidInputException for more stages than epochs, or an end below the start
     */
    public ProgressiveSchedule stages() {
        ProgressiveRange range =
                new ProgressiveRange(progressive.minSize(), data.size(), progressive.min(), regularization.strengths());
        return switch (progressive.mode()) {
            case OFF -> ProgressiveSchedule.fixed(range, epochs, data.batch());
            case EXPLICIT -> new ProgressiveSchedule(progressive.plan());
            case PAPER -> ProgressiveSchedule.paper(range, division());
            case AUTOML -> ProgressiveSchedule.automl(range, division());
        };
    }

    /** The strongest stochastic depth of any stage, with which the network is built. */
    public double mostDropConnect() {
        return stages().stages().stream()
                .mapToDouble(stage -> stage.strengths().dropConnectRate())
                .max()
                .orElseThrow();
    }

    private Division division() {
        return new Division(
                progressive.stages(), epochs, data.batch(), progressive.sizeMultiple(), progressive.constantMemory());
    }

    /**
     * Refuses to continue a run under options that would make it another run. Only what cannot change the result may
     * differ: workers, checkpoints (of weights and of activations), patience.
     *
     * @param stored the options the run was started with
     * @throws InvalidInputException naming each key that differs, with both values
     */
    public void requireContinues(TrainingOptions stored) {
        List<String> differences = new ArrayList<>();
        for (OptionKey<?> key : OptionKey.ALL) {
            Optional<?> here = key.get().apply(this);
            Optional<?> there = key.get().apply(stored);
            if (!key.mayChange() && !here.equals(there)) {
                differences.add(key.path() + " (" + shown(there) + ", now " + shown(here) + ")");
            }
        }
        if (!differences.isEmpty()) {
            throw new InvalidInputException("A run is resumed with the options it was started with; these differ: "
                    + String.join(", ", differences) + ". Leave them out, or start a new run in another directory");
        }
    }

    private static Object shown(Optional<?> value) {
        return value.isPresent() ? value.get() : "not set";
    }
}
