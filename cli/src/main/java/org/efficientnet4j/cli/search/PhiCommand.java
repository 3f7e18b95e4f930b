package org.efficientnet4j.cli.search;

import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.specification.SpaceSpecification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code effnet search phi}: phi, or phi and the coefficients, by Bayesian optimisation within a budget. */
@Command(
        name = "phi",
        description = {
            "Looks for the best phi within a budget by Bayesian optimisation; with ranges for alpha, beta or gamma, for"
                    + " those too. A budget of MACs or memory is known beforehand; one of latency is measured trial by"
                    + " trial and modelled.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  effnet search phi --data cifar10:DIR --phi 0:3 --budget-macs 1.5G --study phi.db",
            "  effnet search phi --data photos --alpha 1:1.4 --beta 1:1.3 --gamma 1:1.3 --phi 0:2 --budget-latency 60"
                    + " --trials 40 --study all.db"
        })
public final class PhiCommand extends SearchRun {
    @Option(
            names = "--base",
            paramLabel = "MODEL",
            defaultValue = "efficientnet_b0",
            description = "The base network, a name or a .yaml (${DEFAULT-VALUE}).")
    private String base;

    @Option(
            names = "--alpha",
            paramLabel = "X[:Y]",
            defaultValue = "1.2",
            description = "Depth coefficient, a number or a range (${DEFAULT-VALUE}).")
    private String alpha;

    @Option(
            names = "--beta",
            paramLabel = "X[:Y]",
            defaultValue = "1.1",
            description = "Width coefficient (${DEFAULT-VALUE}).")
    private String beta;

    @Option(
            names = "--gamma",
            paramLabel = "X[:Y]",
            defaultValue = "1.15",
            description = "Resolution coefficient (${DEFAULT-VALUE}).")
    private String gamma;

    @Option(
            names = "--phi",
            paramLabel = "X[:Y]",
            defaultValue = "0:3",
            description = "The exponent (${DEFAULT-VALUE}).")
    private String phi;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "Trials in all (${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            defaultValue = "bayes",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private ScalingSearch.Sampling sampler;

    @Option(names = "--budget-macs", paramLabel = "N", description = "The most MACs, e.g. 1.5G.")
    private String budgetMacs;

    @Option(names = "--budget-memory", paramLabel = "N", description = "The most activation bytes an image, e.g. 300M.")
    private String budgetMemory;

    @Option(
            names = "--budget-latency",
            paramLabel = "MS",
            description = "The most milliseconds to classify one image on this machine.")
    private Double budgetLatency;

    /** Created by the command line. */
    public PhiCommand() {}

    @Override
    String base() {
        return base;
    }

    @Override
    SpaceSpecification space() {
        return new ScalingSearch(
                Range.parse("--alpha", alpha),
                Range.parse("--beta", beta),
                Range.parse("--gamma", gamma),
                Range.parse("--phi", phi),
                sampler);
    }

    @Override
    Budgets budgets() {
        if (budgetLatency != null && !(budgetLatency > 0)) {
            throw new InvalidInputException("--budget-latency must be above 0 ms, found " + budgetLatency);
        }
        return new Budgets(
                new CostLimits(
                        Counts.parse("--budget-macs", budgetMacs), Counts.parse("--budget-memory", budgetMemory)),
                budgetLatency == null ? OptionalDouble.empty() : OptionalDouble.of(budgetLatency));
    }

    @Override
    int trials() {
        if (trials < 1) {
            throw new InvalidInputException("--trials must be at least 1, found " + trials);
        }
        return trials;
    }
}
