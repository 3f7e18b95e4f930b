package org.efficientnet4j.search.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;

class FamilyTest {
    private static final Coefficients PAPER = new Coefficients(1.2, 1.1, 1.15);

    private final CostModel costs = new CostModel(ModelCatalog.find("efficientnet_b0"), 1000);

    /** Each keeps its budget, and a hundredth more of phi would not, or would be the same network. */
    @Test
    void eachNetworkIsTheLargestOfItsBudget() {
        List<Long> budgets = List.of(1_000_000_000L, 4_200_000_000L);
        List<CostedCoefficients> family = Family.within(costs, PAPER, budgets);
        for (int i = 0; i < budgets.size(); i++) {
            assertTrue(family.get(i).cost().macs() <= budgets.get(i));
            CostedCoefficients next = costs.cost(PAPER, family.get(i).phi() + 0.01);
            assertTrue(next.cost().macs() > budgets.get(i), family.get(i) + " and " + next);
        }
    }

    /** B0's published 0.39 G. */
    @Test
    void theBaseIsTheFamilysSmallest() {
        assertEquals(
                224, Family.within(costs, PAPER, List.of(390_000_000L)).get(0).size());
        assertThrows(InvalidInputException.class, () -> Family.within(costs, PAPER, List.of(380_000_000L)));
    }
}
