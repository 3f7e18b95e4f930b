package org.efficientnet4j.search.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.junit.jupiter.api.Test;

class CoefficientSpaceTest {
    private static final ModelDefinition B0 = ModelCatalog.find("efficientnet_b0");

    /** The published B0: 5,288,548 parameters at alpha = beta = gamma = 1. */
    @Test
    void costOfTheUnscaledNetworkIsThePublishedOne() {
        CostedCoefficients costed = new CostModel(B0, 1000).cost(new Coefficients(1, 1, 1), 1);
        assertEquals(5_288_548, costed.cost().trainableParameters());
        assertEquals(224, costed.size());
    }

    @Test
    void cachedCostsAreTheCostsOfTheScaledModels() {
        List<CostedCoefficients> candidates = CoefficientSpace.of(
                        CoefficientGrid.near(2, 0.1, 0.01), 1, B0, 10, CostLimits.NONE)
                .candidates();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            CostedCoefficients one = candidates.get(random.nextInt(candidates.size()));
            ModelDefinition scaled = B0.scaledBy("scaled", one.coefficients().scaling(1));
            assertEquals(scaled.cost(10), one.cost());
            assertEquals(scaled.evalSize(), one.size());
        }
    }

    @Test
    void limitsKeepOnlyWhatFits() {
        CoefficientGrid grid = CoefficientGrid.standard();
        CoefficientSpace all = CoefficientSpace.of(grid, 1, B0, 1000, CostLimits.NONE);
        long macs = all.candidates().stream()
                .mapToLong(c -> c.cost().macs())
                .sorted()
                .toArray()[all.candidates().size() / 2];
        long bytes = all.candidates().stream()
                .mapToLong(c -> c.cost().activationBytes())
                .sorted()
                .toArray()[all.candidates().size() / 2];
        CoefficientSpace some = CoefficientSpace.of(grid, 1, B0, 1000, new CostLimits(macs, bytes));
        List<CostedCoefficients> expected = all.candidates().stream()
                .filter(c -> c.cost().macs() <= macs && c.cost().activationBytes() <= bytes)
                .toList();
        assertEquals(expected, some.candidates());
        assertTrue(expected.size() < all.candidates().size());
    }

    @Test
    void everyParameterValueIsAnAdmittedCandidate() {
        CoefficientSpace space = CoefficientSpace.of(CoefficientGrid.standard(), 1, B0, 1000, CostLimits.NONE);
        space.setIndices(0);
        for (int i = 0; i < space.candidates().size(); i++) {
            assertSame(space.candidates().get(i), space.getValue(new double[] {space.valueOf(i)}));
        }
        assertSame(space.candidates().get(0), space.getValue(new double[] {0}));
        assertSame(space.candidates().get(space.candidates().size() - 1), space.getValue(new double[] {1}));
    }

    @Test
    void refusesAnEmptySearchAndAScaledBase() {
        CoefficientGrid grid = CoefficientGrid.standard();
        assertThrows(InvalidInputException.class, () -> CoefficientSpace.of(grid, 1, B0, 10, new CostLimits(1, 1)));
        ModelDefinition b3 = ModelCatalog.find("efficientnet_b3");
        assertThrows(InvalidInputException.class, () -> CoefficientSpace.of(grid, 1, b3, 10, CostLimits.NONE));
    }

    @Test
    void holdsAMillionPointsWithTheirCosts() {
        CoefficientGrid grid = CoefficientGrid.near(2, 0.2, 0.0025);
        CoefficientSpace space = CoefficientSpace.of(grid, 1, B0, 1000, CostLimits.NONE);
        assertTrue(
                space.candidates().size() >= 1_000_000,
                "points: " + space.candidates().size());
    }
}
