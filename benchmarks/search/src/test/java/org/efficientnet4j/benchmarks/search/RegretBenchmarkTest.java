package org.efficientnet4j.benchmarks.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RegretBenchmarkTest {
    /** Minima from the papers and, for Gardner's, from their closed forms. */
    @Test
    void theFunctionsHaveTheirPublishedMinimaWhereTheyShould() {
        assertMinimum(ConstrainedFunction.branin(), Math.PI, 2.275);
        assertMinimum(ConstrainedFunction.gardner1(), 1.5 * Math.PI, 0);
        assertMinimum(ConstrainedFunction.gardner2(), 1.5 * Math.PI, Math.asin(0.95));
        assertMinimum(ConstrainedFunction.rosenbrock(), 1, 1);
        assertMinimum(ConstrainedFunction.townsend(), 2.0052938, 1.1944509);
        assertMinimum(ConstrainedFunction.pressureVessel(), 0.778168641, 0.384649163, 40.319618724, 200);
        assertMinimum(ConstrainedFunction.hartmann6(), 0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573);
    }

    private static void assertMinimum(ConstrainedFunction function, double... at) {
        assertEquals(
                function.minimum(),
                function.value().applyAsDouble(at),
                1e-5 * Math.max(1, function.minimum()),
                function.name());
        assertTrue(function.constraint().applyAsDouble(at) <= 1e-6, function.name());
    }

    /** The short form of 'effnet search regret'; docs/scaling-search.md has the long one. */
    @Test
    void regretIsLowerThanByChanceAndByGrid() {
        RegretBenchmark benchmark = new RegretBenchmark(30, 2);
        // In 30 trials the pressure vessel is hard: its constraint is the largest of three, no smooth function.
        Set<String> beyondGrids = Set.of("Pressure vessel");
        for (ConstrainedFunction function : RegretBenchmark.functions()) {
            RegretBenchmark.Row row = benchmark.run(function);
            System.out.println(row);
            assertTrue(row.bayesian() < row.random(), row.toString());
            assertTrue(beyondGrids.contains(row.function()) || row.bayesian() < row.grid(), row.toString());
        }
    }
}
