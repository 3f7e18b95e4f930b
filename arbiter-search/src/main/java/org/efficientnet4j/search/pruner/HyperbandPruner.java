package org.efficientnet4j.search.pruner;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.study.Trial;

/**
 * Hyperband: successive halving in several brackets, from one that judges many trials early to one that judges none, so
 * that networks that learn slowly are not lost wherever the early figures mislead. Trials are dealt to the brackets by
 * their number, in the paper's proportions, and compared within their bracket alone.
 *
 * <p>Source: Li et al., Hyperband (arXiv 1603.06560), algorithm 1. As in {@link SuccessiveHalvingPruner}, a trial is
 * judged as it comes, without waiting for its bracket, and one that ended is not taken up again.
 *
 * @param first figures before the lowest rung, at least 1
 * @param factor how hard a rung selects, at least 2
 * @param most figures of a trial that goes to its end, at least the first
 */
public record HyperbandPruner(int first, int factor, int most) implements Pruner {
    /** @throws InvalidInputException for a value outside its range */
    public HyperbandPruner {
        if (first < 1 || factor < 2 || most < first) {
            throw new InvalidInputException(
                    "Hyperband needs a first rung of at least 1, a factor of at least 2 and as many"
                            + " epochs as the first rung, found " + first + ", " + factor + " and " + most);
        }
    }

    /**
     * One bracket.
     *
     * @param trials of each round
     * @param first figures before its lowest rung; those of a whole trial where it judges none
     */
    record Bracket(int trials, int first) {}

    /** The brackets, the one that judges earliest first. */
    List<Bracket> brackets() {
        int highest = 0;
        for (long rung = (long) first * factor; rung <= most; rung *= factor) {
            highest++;
        }
        List<Bracket> brackets = new ArrayList<>();
        for (int s = highest; s >= 0; s--) {
            long power = Math.round(Math.pow(factor, s));
            long trials = ((highest + 1) * power + s) / (s + 1); // rounded up
            brackets.add(new Bracket((int) trials, (int) (most / power)));
        }
        return brackets;
    }

    /** The bracket of the trial of a number. */
    Bracket bracket(int number) {
        List<Bracket> brackets = brackets();
        int place = number % brackets.stream().mapToInt(Bracket::trials).sum();
        for (Bracket bracket : brackets) {
            place -= bracket.trials();
            if (place < 0) {
                return bracket;
            }
        }
        throw new IllegalStateException("Every number must have a bracket, found none for " + number);
    }

    @Override
    public boolean shouldPrune(Trial trial, int seed, List<Double> curve, List<Trial> others) {
        Bracket own = bracket(trial.number());
        if (curve.size() >= most) {
            return false;
        }
        List<Trial> rivals = others.stream()
                .filter(other -> bracket(other.number()).equals(own))
                .toList();
        return new SuccessiveHalvingPruner(own.first(), factor).shouldPrune(trial, seed, curve, rivals);
    }
}
