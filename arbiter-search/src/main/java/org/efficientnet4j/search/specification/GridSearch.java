package org.efficientnet4j.search.specification;

import java.util.Map;
import java.util.Objects;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostedCoefficients;

/**
 * Every admitted point of a grid of coefficients.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 1.
 *
 * @param grid the coefficients
 * @param phi the exponent of every trial
 */
public record GridSearch(CoefficientGrid grid, double phi) implements SpaceSpecification {
    /** Checks that nothing is missing. */
    public GridSearch {
        Objects.requireNonNull(grid, "grid");
    }

    @Override
    public String title() {
        return "grid search";
    }

    @Override
    public String command() {
        return "grid";
    }

    @Override
    public Map<String, String> flags() {
        return Map.of(
                "--target", String.valueOf(grid.target()),
                "--tolerance", String.valueOf(grid.tolerance()),
                "--step", String.valueOf(grid.step()),
                "--max-alpha", String.valueOf(grid.maxAlpha()),
                "--max-beta", String.valueOf(grid.maxBeta()),
                "--max-gamma", String.valueOf(grid.maxGamma()),
                "--phi", String.valueOf(phi));
    }

    @Override
    public boolean exhaustive() {
        return true;
    }

    @Override
    public SearchPlan<CostedCoefficients> plan(StudySpecification study) {
        CoefficientSpace space = CoefficientSpace.of(
                grid, phi, study.base(), study.classes(), study.budgets().cost());
        return SearchPlan.ofAll(space, space.candidates());
    }
}
