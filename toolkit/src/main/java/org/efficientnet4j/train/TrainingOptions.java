package org.efficientnet4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.efficientnet4j.data.InvalidInputException;

/**
 * Everything that decides how a training run goes, fully resolved: the content of a run directory's config.yaml.
 *
 * @param model name of a catalogue's model, or path of an architecture's YAML file
 * @param epochs passes over the training images, at least 1
 * @param seed of the weights, the order, the augmentation and the dropout
 * @param checkpointEvery epochs from one checkpoint to the next, at least 1
 * @param data what the network sees
 * @param optimizer how weights are changed
 * @param regularization what keeps it from learning by heart
 * @param validation when it is judged
 */
public record TrainingOptions(
        String model,
        int epochs,
        long seed,
        int checkpointEvery,
        InputOptions data,
        OptimizerOptions optimizer,
        RegularizationOptions regularization,
        ValidationOptions validation) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public TrainingOptions {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(regularization, "regularization");
        Objects.requireNonNull(validation, "validation");
        Checks.notBlank("model", model);
        Checks.atLeast("epochs", epochs, 1);
        Checks.atLeast("checkpointEvery", checkpointEvery, 1);
        if (optimizer.warmupEpochs() > epochs) {
            throw new InvalidInputException("optimizer.warmupEpochs must not exceed epochs, found "
                    + optimizer.warmupEpochs() + " of " + epochs + ": train longer or shorten the warm-up");
        }
    }

    /** A builder whose unset options take their defaults. */
    public static TrainingOptionsBuilder builder() {
        return new TrainingOptionsBuilder();
    }

    /**
     * Refuses to continue a run under options that would make it another run. Only what cannot change the result may
     * differ: workers, checkpoints, patience.
     *
     * @param stored the options the run was started with
     * @throws InvalidInputException naming each key that differs, with both values
     */
    public void requireContinues(TrainingOptions stored) {
        List<String> differences = new ArrayList<>();
        for (OptionKey<?> key : OptionKey.ALL) {
            Object here = key.get().apply(this);
            Object there = key.get().apply(stored);
            if (!key.mayChange() && !here.equals(there)) {
                differences.add(key.path() + " (" + there + ", now " + here + ")");
            }
        }
        if (!differences.isEmpty()) {
            throw new InvalidInputException("A run is resumed with the options it was started with; these differ: "
                    + String.join(", ", differences) + ". Leave them out, or start a new run in another directory");
        }
    }
}
