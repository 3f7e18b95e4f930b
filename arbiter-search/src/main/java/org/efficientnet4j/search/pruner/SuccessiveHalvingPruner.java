package org.efficientnet4j.search.pruner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.study.Trial;

/**
 * Asynchronous successive halving: at its rungs, after {@code first * factor^k} figures, a trial goes on only if it is
 * among the best 1/factor of all that have come so far, itself included.
 *
 * <p>Source: Li et al., A System for Massively Parallel Hyperparameter Tuning (arXiv 1810.05934), algorithm 2. As in
 * Optuna, a trial among fewer than {@code factor} goes on only if it is the best; unlike in the paper, a trial that ended
 * is not taken up again.
 *
 * @param first figures before the lowest rung, at least 1
 * @param factor how hard a rung selects, at least 2
 */
public record SuccessiveHalvingPruner(int first, int factor) implements Pruner {
    /** @throws InvalidInputException for a value outside its range */
    public SuccessiveHalvingPruner {
        if (first < 1 || factor < 2) {
            throw new InvalidInputException(
                    "Successive halving needs a first rung of at least 1 and a factor of at least 2, found " + first
                            + " and " + factor);
        }
    }

    @Override
    public boolean shouldPrune(Trial trial, int seed, List<Double> curve, List<Trial> others) {
        int reached = curve.size();
        if (!isRung(reached)) {
            return false;
        }
        double own = curve.get(reached - 1);
        List<Double> rung = new ArrayList<>(List.of(own));
        for (Trial rival : others) {
            List<Double> other = rival.curve(seed);
            if (other.size() >= reached) {
                rung.add(other.get(reached - 1));
            }
        }
        rung.sort(Collections.reverseOrder());
        int kept = Math.max(1, rung.size() / factor);
        return own < rung.get(kept - 1);
    }

    private boolean isRung(int reached) {
        long rung = first;
        while (rung < reached) {
            rung *= factor;
        }
        return rung == reached;
    }
}
