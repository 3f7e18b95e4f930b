package org.efficientnet4j.search.pruner;

import java.util.Collections;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;

/**
 * Ends a trial whose best figure so far is below the median of what the complete trials had at the same point.
 *
 * <p>Source: Golovin et al., Google Vizier (2017), section 3.2.2, in Optuna's form.
 *
 * @param warmup figures a trial may report before it is judged, at least 0
 * @param complete complete trials there must be before any is judged, at least 1
 */
public record MedianPruner(int warmup, int complete) implements Pruner {
    /** @throws InvalidInputException for a value outside its range */
    public MedianPruner {
        if (warmup < 0 || complete < 1) {
            throw new InvalidInputException(
                    "The median pruner needs a warm-up of at least 0 and at least 1 complete trial, found " + warmup
                            + " and " + complete);
        }
    }

    @Override
    public boolean shouldPrune(Trial trial, int seed, List<Double> curve, List<Trial> others) {
        int point = curve.size() - 1;
        if (point < warmup) {
            return false;
        }
        List<Double> there = others.stream()
                .filter(other -> other.state() == TrialState.COMPLETE
                        && other.curve(seed).size() > point)
                .map(other -> other.curve(seed).get(point))
                .sorted()
                .toList();
        return there.size() >= complete && Collections.max(curve) < median(there);
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
