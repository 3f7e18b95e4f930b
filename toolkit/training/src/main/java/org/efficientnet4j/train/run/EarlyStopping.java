package org.efficientnet4j.train.run;

import java.util.Optional;
import org.efficientnet4j.evaluate.EvaluationResult;

/** Remembers the best epoch and knows when waiting for a better one has lasted long enough. */
public final class EarlyStopping {
    private final int patience;
    private BestEpoch best;
    private int validationsSince;

    /**
     * @param patience validations without a better one that are put up with; 0 for any number
     * @param best the best epoch before a resume, or null
     * @param validationsSince validations after it
     */
    public EarlyStopping(int patience, BestEpoch best, int validationsSince) {
        this.patience = patience;
        this.best = best;
        this.validationsSince = validationsSince;
    }

    /** Returns whether this validation is the best so far. */
    public boolean isBest(int epoch, EvaluationResult validation) {
        if (best != null && !best.isBeatenBy(validation.top1(), validation.loss())) {
            validationsSince++;
            return false;
        }
        best = new BestEpoch(epoch, validation.top1(), validation.loss());
        validationsSince = 0;
        return true;
    }

    public boolean shouldStop() {
        return patience > 0 && validationsSince >= patience;
    }

    public Optional<BestEpoch> best() {
        return Optional.ofNullable(best);
    }

    int validationsSince() {
        return validationsSince;
    }
}
