package org.efficientnet4j.cli.search;

import java.util.OptionalDouble;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.GridSearch;
import org.efficientnet4j.search.specification.SpaceSpecification;
import picocli.CommandLine.Option;

/** Options of the grid of coefficients; part of the study. */
final class GridOptions {
    @Option(
            names = "--target",
            paramLabel = "X",
            defaultValue = "2",
            description = "The wanted alpha * beta^2 * gamma^2 (${DEFAULT-VALUE}).")
    private double target;

    @Option(
            names = "--target-macs-ratio",
            paramLabel = "X",
            description = "Admit by the scaled network's MACs over the base's, near X, in place of the product.")
    private Double targetMacsRatio;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "How far a product or ratio may lie from it (${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--step",
            paramLabel = "X",
            defaultValue = "0.05",
            description = "Distance of neighbouring values (${DEFAULT-VALUE}).")
    private double step;

    @Option(names = "--max-alpha", paramLabel = "X", description = "The largest alpha (none).")
    private Double maxAlpha;

    @Option(names = "--max-beta", paramLabel = "X", description = "The largest beta (none).")
    private Double maxBeta;

    @Option(names = "--max-gamma", paramLabel = "X", description = "The largest gamma (none).")
    private Double maxGamma;

    @Option(
            names = "--phi",
            paramLabel = "X",
            defaultValue = "1",
            description = "The exponent of every trial (${DEFAULT-VALUE}).")
    private double phi;

    @Option(names = "--budget-macs", paramLabel = "N", description = "Leave out what has more MACs, e.g. 800M.")
    private String budgetMacs;

    @Option(
            names = "--budget-memory",
            paramLabel = "N",
            description = "Leave out what keeps more activation bytes an image, e.g. 300M.")
    private String budgetMemory;

    /** Created by picocli. */
    GridOptions() {}

    /** The grid. */
    SpaceSpecification space() {
        boolean byMacs = targetMacsRatio != null;
        CoefficientGrid widest = byMacs
                ? CoefficientGrid.nearMacs(targetMacsRatio, tolerance, step)
                : CoefficientGrid.near(target, tolerance, step);
        return new GridSearch(
                new CoefficientGrid(
                        widest.target(),
                        tolerance,
                        step,
                        maxAlpha == null ? widest.maxAlpha() : maxAlpha,
                        maxBeta == null ? widest.maxBeta() : maxBeta,
                        maxGamma == null ? widest.maxGamma() : maxGamma),
                phi,
                byMacs ? GridSearch.Admission.macs : GridSearch.Admission.product);
    }

    /** The most a network may cost. */
    Budgets budgets() {
        return new Budgets(
                new CostLimits(
                        Counts.parse("--budget-macs", budgetMacs), Counts.parse("--budget-memory", budgetMemory)),
                OptionalDouble.empty());
    }
}
