package org.efficientnet4j.search.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Family;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyComparisonTest {
    private static final CostModel COSTS = new CostModel(ModelCatalog.find("efficientnet_b0"), 1000);
    private static final Coefficients FOUND = new Coefficients(1.0, 1.0, 1.4);
    private static final List<Long> BUDGETS = List.of(700_000_000L, 1_000_000_000L);

    /** Student's quantiles at 97.5 % from printed tables. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "10, 2.228", "30, 2.042", "Infinity, 1.960"})
    void anIntervalHasStudentsQuantile(double degrees, double quantile) {
        Difference difference = new Difference(0.1, OptionalDouble.of(0.01), degrees, OptionalDouble.empty());
        assertEquals(0.01 * quantile, difference.halfWidth(0.95).getAsDouble(), 0.01 * 0.0006);
    }

    private static Trial trained(int number, CostedCoefficients network, int right) {
        List<Answers> answers = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            BitSet bits = new BitSet();
            bits.set(0, right + seed);
            answers.add(new Answers(100, bits));
        }
        double accuracy = (right + 0.5) / 100;
        return new Trial(
                number,
                network,
                List.of(1L, 2L),
                TrialState.COMPLETE,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(accuracy),
                Map.of(TrialOutcome.ACCURACY, accuracy),
                List.of(),
                Optional.empty(),
                TrialRole.FAMILY,
                OptionalInt.empty(),
                answers);
    }

    /** Both gain one image by the second seed, so seeds tell nothing apart: the error is that of ten images alone. */
    @Test
    void bothFamiliesAreComparedBudgetByBudget() {
        List<CostedCoefficients> own = Family.within(COSTS, FOUND, BUDGETS);
        List<CostedCoefficients> paper = Family.within(COSTS, FamilyComparison.PAPER, BUDGETS);
        List<Trial> trials = new ArrayList<>(
                List.of(trained(0, own.get(0), 50), trained(1, own.get(1), 60), trained(2, paper.get(0), 40)));
        FamilyComparison half = FamilyComparison.of(COSTS, FOUND, BUDGETS, trials);
        assertFalse(half.trained());
        assertTrue(half.rows().get(1).difference().isEmpty());
        trials.add(trained(3, paper.get(1), 60));
        FamilyComparison whole = FamilyComparison.of(COSTS, FOUND, BUDGETS, trials);
        assertTrue(whole.trained());
        Difference first = whole.rows().get(0).difference().orElseThrow();
        assertEquals(0.1, first.mean(), 1e-12);
        double variance = (10 * 0.9 * 0.9 + 90 * 0.1 * 0.1) / 99 / 100; // of the mean of ten ones among a hundred
        assertEquals(Math.sqrt(variance), first.standardError().getAsDouble(), 0.1 * Math.sqrt(variance));
        assertEquals(0, whole.rows().get(1).difference().orElseThrow().mean(), 1e-12);
        assertEquals(0.505, whole.rows().get(0).own().score().getAsDouble(), 1e-12);
        whole.rows().forEach(row -> assertTrue(row.own().network().cost().macs() <= row.budget()));
    }
}
