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
 * @param admission what the grid's target and tolerance are about
 */
public record GridSearch(CoefficientGrid grid, double phi, Admission admission) implements SpaceSpecification {
    /** A figure that admits coefficients where it is near the grid's target. */
    public enum Admission {
        /** alpha beta^2 gamma^2, as in the paper. */
        product,
        /** The scaled network's multiply-accumulates over the base network's. */
        macs
    }

    /** A grid admitted by the product, as in the paper. */
    public GridSearch(CoefficientGrid grid, double phi) {
        this(grid, phi, Admission.product);
    }

    /** Checks that nothing is missing. */
    public GridSearch {
        Objects.requireNonNull(grid, "grid");
        Objects.requireNonNull(admission, "admission");
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
                admission == Admission.product ? "--target" : "--target-macs-ratio",
                String.valueOf(grid.target()),
                "--tolerance",
                String.valueOf(grid.tolerance()),
                "--step",
                String.valueOf(grid.step()),
                "--max-alpha",
                String.valueOf(grid.maxAlpha()),
                "--max-beta",
                String.valueOf(grid.maxBeta()),
                "--max-gamma",
                String.valueOf(grid.maxGamma()),
                "--phi",
                String.valueOf(phi));
    }

    @Override
    public boolean exhaustive() {
        return true;
    }

    @Override
    public SearchPlan<CostedCoefficients> plan(StudySpecification study) {
        CoefficientSpace space =
                switch (admission) {
                    case product ->
                        CoefficientSpace.of(
                                grid,
                                phi,
                                study.base(),
                                study.classes(),
                                study.budgets().cost());
                    case macs ->
                        CoefficientSpace.byMacs(
                                grid,
                                phi,
                                study.base(),
                                study.classes(),
                                study.budgets().cost());
                };
        return SearchPlan.ofAll(space, space.candidates());
    }
}
