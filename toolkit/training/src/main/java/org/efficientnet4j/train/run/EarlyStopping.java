package org.efficientnet4j.train.run;

import java.util.Optional;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.train.options.KeptEpoch;

/** Remembers the best epoch and knows when waiting for a better one has lasted long enough. */
public final class EarlyStopping {
    private final int patience;
    private final KeptEpoch keep;
    private BestEpoch best;
    private int validationsSince;

    /**
     * @param patience validations without a better one that are put up with; 0 for any number
     * @param keep which epoch counts as the best
     * @param best the best epoch before a resume, or null
     * @param validationsSince validations after it
     */
    public EarlyStopping(int patience, KeptEpoch keep, BestEpoch best, int validationsSince) {
        this.patience = patience;
        this.keep = keep;
        this.best = best;
        this.validationsSince = validationsSince;
    }

    /** Returns whether this validation is the best so far. */
    public boolean isBest(int epoch, EvaluationResult validation) {
        if (keep == KeptEpoch.BEST && best != null && !best.isBeatenBy(validation.top1(), validation.loss())) {
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
