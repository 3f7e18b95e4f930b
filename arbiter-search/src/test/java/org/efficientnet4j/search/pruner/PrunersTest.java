package org.efficientnet4j.search.pruner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;

class PrunersTest {
    private static final Trial OWN = trial(TrialState.RUNNING);

    private static Trial trial(TrialState state, Double... curve) {
        return new Trial(
                0,
                new CostedCoefficients(new Coefficients(1, 1, 1), 1, 224, new ModelCost(1, 1, 1, 1)),
                List.of(1L),
                state,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of(),
                List.of(List.of(curve)),
                Optional.empty());
    }

    @Test
    void theMedianIsOfCompleteTrialsAtTheSamePoint() {
        List<Trial> others = List.of(
                trial(TrialState.COMPLETE, 0.1, 0.2, 0.9),
                trial(TrialState.COMPLETE, 0.2, 0.4, 0.9),
                trial(TrialState.COMPLETE, 0.3, 0.6, 0.9),
                trial(TrialState.RUNNING, 0.9, 0.9),
                trial(TrialState.PRUNED, 0.9));
        MedianPruner pruner = new MedianPruner(1, 3);
        assertTrue(pruner.shouldPrune(OWN, 0, List.of(0.1, 0.39), others), "0.39 is below the median of 0.2, 0.4, 0.6");
        assertFalse(pruner.shouldPrune(OWN, 0, List.of(0.1, 0.4), others));
        assertFalse(pruner.shouldPrune(OWN, 0, List.of(0.4, 0.3), others), "the best so far counts");
        assertFalse(pruner.shouldPrune(OWN, 0, List.of(0.0), others), "the warm-up");
        assertFalse(new MedianPruner(1, 4).shouldPrune(OWN, 0, List.of(0.1, 0.1), others), "too few complete trials");
    }

    /** With all seeds in one list, 0.5 of a good first seed would be the best so far for ever. */
    @Test
    void aSecondSeedIsJudgedByTheOthersSecondSeed() {
        List<Trial> others = new ArrayList<>();
        for (double last : List.of(0.3, 0.4, 0.5)) {
            others.add(trial(TrialState.COMPLETE)
                    .with(List.of(List.of(0.1, 0.2), List.of(0.2, last)), OptionalDouble.of(last)));
        }
        MedianPruner median = new MedianPruner(1, 3);
        assertTrue(median.shouldPrune(OWN, 1, List.of(0.1, 0.39), others), "0.39 is below the median of 0.3, 0.4, 0.5");
        assertFalse(median.shouldPrune(OWN, 1, List.of(0.1, 0.4), others));
        assertFalse(median.shouldPrune(OWN, 1, List.of(0.0), others), "the warm-up of the second seed");
        SuccessiveHalvingPruner halving = new SuccessiveHalvingPruner(2, 2);
        assertTrue(halving.shouldPrune(OWN, 1, List.of(0.1, 0.39), others), "third of four");
        assertFalse(halving.shouldPrune(OWN, 1, List.of(0.1, 0.4), others), "second of four");
    }

    /** Nine trials whose quality is their number, at rungs 1, 3, 9 with factor 3. */
    @Test
    void halvingKeepsTheBestThirdOfEachRung() {
        SuccessiveHalvingPruner pruner = new SuccessiveHalvingPruner(1, 3);
        List<Trial> finished = new ArrayList<>();
        int[] reached = new int[10];
        for (int quality = 9; quality >= 1; quality--) { // the best come first: every later one is compared with them
            List<Double> curve = new ArrayList<>();
            boolean pruned = false;
            while (!pruned && curve.size() < 9) {
                curve.add(quality / 10.0);
                pruned = pruner.shouldPrune(OWN, 0, curve, finished);
            }
            reached[quality] = curve.size();
            finished.add(trial(pruned ? TrialState.PRUNED : TrialState.COMPLETE, curve.toArray(new Double[0])));
        }
        assertEquals(9, reached[9]);
        assertEquals(1, reached[8], "of two, one third rounds to the best one");
        assertEquals(1, reached[1]);
        List<Trial> rung = List.of(
                trial(TrialState.PRUNED, 0.1),
                trial(TrialState.PRUNED, 0.2),
                trial(TrialState.RUNNING, 0.3),
                trial(TrialState.RUNNING, 0.6),
                trial(TrialState.COMPLETE, 0.5));
        assertFalse(pruner.shouldPrune(OWN, 0, List.of(0.5), rung), "second of six");
        assertTrue(pruner.shouldPrune(OWN, 0, List.of(0.4), rung), "third of six");
        assertFalse(pruner.shouldPrune(OWN, 0, List.of(0.0, 0.0), rung), "no rung at two");
    }

    @Test
    void refuseWhatPrunesEverythingOrNothing() {
        assertThrows(InvalidInputException.class, () -> new MedianPruner(-1, 1));
        assertThrows(InvalidInputException.class, () -> new MedianPruner(0, 0));
        assertThrows(InvalidInputException.class, () -> new SuccessiveHalvingPruner(0, 2));
        assertThrows(InvalidInputException.class, () -> new SuccessiveHalvingPruner(1, 1));
    }

    /** The published example: at most 81 units and a factor of 3 (table 1 of the paper, its algorithm's line 4). */
    @Test
    void hyperbandsBracketsAreThePublishedOnes() {
        List<HyperbandPruner.Bracket> brackets = new HyperbandPruner(1, 3, 81).brackets();
        assertEquals(
                List.of(81, 34, 15, 8, 5),
                brackets.stream().map(HyperbandPruner.Bracket::trials).toList());
        assertEquals(
                List.of(1, 3, 9, 27, 81),
                brackets.stream().map(HyperbandPruner.Bracket::first).toList());
    }

    private static Trial numbered(int number, Double... curve) {
        Trial one = trial(TrialState.RUNNING, curve);
        return Trial.waiting(number, one.choice(), one.seeds()).with(one.curves(), OptionalDouble.empty());
    }

    /** At most 9 units: 9 trials are judged after 1 and 3, 5 after 3, and 3 never. */
    @Test
    void hyperbandJudgesWithinABracket() {
        HyperbandPruner pruner = new HyperbandPruner(1, 3, 9);
        List<Trial> others =
                List.of(numbered(1, 0.3, 0.3, 0.3), numbered(2, 0.4, 0.4, 0.4), numbered(9, 0.1, 0.1, 0.1));
        assertTrue(pruner.shouldPrune(numbered(0), 0, List.of(0.2), others), "the worst of three at its first rung");
        assertFalse(pruner.shouldPrune(numbered(10), 0, List.of(0.05), others), "the second bracket waits for three");
        assertTrue(
                pruner.shouldPrune(numbered(10), 0, List.of(0.0, 0.0, 0.05), others), "below the one of its bracket");
        assertFalse(
                pruner.shouldPrune(numbered(10), 0, List.of(0.0, 0.0, 0.2), others), "others' brackets do not count");
        assertFalse(
                pruner.shouldPrune(numbered(16), 0, List.of(0.0, 0.0, 0.0), others), "the last bracket judges none");
        assertEquals(pruner.bracket(0), pruner.bracket(17), "a new round");
    }
}
