package org.efficientnet4j.train.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.PlanSettings;

/**
 * Comparison of the network that a run trains with the one that a model's name or path means now. A file that was moved is
 * still the same network, one that was edited is not, and one that is gone says nothing.
 */
final class NetworkIdentity {
    private NetworkIdentity() {}

    /**
     * The difference between a run and options to go on with it.
     *
     * @param now the options; a model that was not typed is the run's own
     * @param stored the run's options
     * @return the difference, to be told to the user; empty for the same network
     */
    static Optional<String> difference(TrainingOptions now, TrainingOptions stored) {
        String here = now.get(RunOptions.MODEL);
        String there = stored.get(RunOptions.MODEL);
        boolean sameName = here.equals(there);
        if (sameName
                && !(now.isTyped(RunOptions.MODEL) && ArchitectureFile.isOne(here) && Files.exists(Path.of(here)))) {
            return Optional.empty();
        }
        ModelDefinition trained = stored.model();
        String difference = sameName
                ? there + ", whose network is not the one that the run began with: the file was edited"
                : there + ", now " + here;
        try {
            return isSame(NetworkLookup.BY_NAME.of(here), trained) ? Optional.empty() : Optional.of(difference);
        } catch (InvalidInputException e) {
            return Optional.of(difference + ": " + e.getMessage());
        }
    }

    /** True for equal networks but for classes, channels, padding and dropout, which are options of a run. */
    private static boolean isSame(ModelDefinition named, ModelDefinition trained) {
        PlanSettings settings = PlanSettings.IMAGENET.withPadding(Padding.SAME);
        return named.architecture().plan(trained.dropout()).with(settings).equals(trained.plan(settings));
    }
}
