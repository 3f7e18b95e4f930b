package org.efficientnet4j.search.space;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The networks that one choice of coefficients gives within budgets of multiply-accumulates.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 2.
 */
public final class Family {
    private static final int STEPS_A_PHI = 100;
    private static final int MOST_PHI = 12;

    private Family() {}

    /**
     * For each budget the network of the largest phi, a multiple of 0.01 up to 12, that keeps it.
     *
     * @param costs of the base network's scaled versions
     * @param budgets multiply-accumulates
     * @return one network a budget, in their order
     * @throws InvalidInputException for a budget below the base network's cost
     */
    public static List<CostedCoefficients> within(CostModel costs, Coefficients coefficients, List<Long> budgets) {
        List<CostedCoefficients> scaled = IntStream.rangeClosed(0, MOST_PHI * STEPS_A_PHI)
                .mapToObj(step -> costs.cost(coefficients, (double) step / STEPS_A_PHI))
                .takeWhile(one -> budgets.stream().anyMatch(budget -> one.cost().macs() <= budget))
                .toList();
        return budgets.stream().map(budget -> largest(scaled, budget)).toList();
    }

    private static CostedCoefficients largest(List<CostedCoefficients> scaled, long budget) {
        Optional<CostedCoefficients> largest =
                scaled.stream().filter(one -> one.cost().macs() <= budget).reduce((one, larger) -> larger);
        return largest.orElseThrow(() -> new InvalidInputException(
                "A budget of MACs must be at least the base network's cost, found " + budget));
    }
}
