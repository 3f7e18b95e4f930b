package org.efficientnet4j.train.options;

import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * What a run takes over from a trained network; {@code transfer} in config.yaml.
 *
 * @param init the trained weights: a model file (.zip), or a file of another library's weights, or an
 *     address of one as {@link org.efficientnet4j.weights.WeightLocation} has it; empty for a network drawn
 *     at random
 * @param sha256 of that file, in hexadecimal digits; empty where it is not known
 * @param source whose weights they are; empty for a model file, and where it is to be told by their names
 * @param freezeUntil the last stage that does not learn, {@code stem}, {@code stage1}, ..., {@code head} (all but the
 *     classifier): neither weights nor batch-norm statistics of it and those before change; empty if all learn
 * @param unfreezeEvery epochs after which one more stage learns, the last frozen one first; 0 for never
 * @param layerLearningRateDecay factor in (0, 1] by which each stage learns slower than the one behind it; the classifier
 *     learns at the full rate. Source: arXiv 1801.06146, section 3.2, "discriminative fine-tuning"
 */
public record TransferOptions(
        Optional<String> init,
        Optional<String> sha256,
        Optional<WeightSource> source,
        Optional<String> freezeUntil,
        int unfreezeEvery,
        double layerLearningRateDecay) {
    /** The key of the last frozen stage, for messages. */
    public static final String FREEZE_UNTIL = "transfer.freezeUntil";

    /** @throws InvalidInputException for a value outside its range, or one that needs another, named by its key */
    public TransferOptions {
        init.ifPresent(text -> Checks.notBlank("transfer.init", text));
        Checks.atLeast("transfer.unfreezeEvery", unfreezeEvery, 0);
        Checks.share("transfer.layerLearningRateDecay", layerLearningRateDecay);
        if (freezeUntil.isPresent() && init.isEmpty()) {
            throw new InvalidInputException(FREEZE_UNTIL + " needs transfer.init, since frozen random weights stay"
                    + " random, found " + freezeUntil.get() + " alone: name the trained weights (--init)");
        }
        if (unfreezeEvery > 0 && freezeUntil.isEmpty()) {
            throw new InvalidInputException("transfer.unfreezeEvery needs " + FREEZE_UNTIL + ", found " + unfreezeEvery
                    + " with nothing frozen: name the last frozen stage (--freeze-until)");
        }
    }

    /** Whether any trained weight learns in some epoch; not where the classifier alone does throughout. */
    boolean movesTrainedWeights() {
        boolean classifierOnly = freezeUntil.filter("head"::equals).isPresent() && unfreezeEvery == 0;
        return init.isPresent() && !classifierOnly;
    }

    /** Whether parts of the network learn differently. */
    public boolean isStaged() {
        return freezeUntil.isPresent() || layerLearningRateDecay < 1;
    }
}
