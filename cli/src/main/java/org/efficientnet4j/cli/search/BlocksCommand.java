package org.efficientnet4j.cli.search;

import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.specification.BlockSearch;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.SpaceSpecification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code effnet search blocks}: a search for a base network. */
@Command(
        name = "blocks",
        description = {
            "Looks for a base network: block type, number of layers, kernel and expansion of each stage (EfficientNetV2,"
                    + " section 3.3). Channels and strides are the base's.",
            ""
        },
        footer = {
            "",
            "'effnet search best --study F.db --out found.yaml' writes the result, a MODEL for every command.",
            "",
            "Examples:",
            "  effnet search blocks --data cifar10:DIR --reward mnas --target-macs 400M --trials 100 --study blocks.db",
            "  effnet search blocks --data photos --sampler genetic --reward v2 --study blocks.db --parallel 2"
        })
public final class BlocksCommand extends SearchRun {
    @Option(
            names = "--base",
            paramLabel = "MODEL",
            defaultValue = "efficientnet_v2_b0",
            description = "The network whose stages are changed (${DEFAULT-VALUE}).")
    private String base;

    @Option(
            names = "--max-layers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Blocks a stage may have (${DEFAULT-VALUE}).")
    private int maxLayers;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            defaultValue = "evolution",
            description = "${COMPLETION-CANDIDATES}; genetic is Arbiter's (${DEFAULT-VALUE}).")
    private SamplerName sampler;

    @Option(
            names = "--population",
            paramLabel = "N",
            defaultValue = "20",
            description = "Networks that may have children (${DEFAULT-VALUE}).")
    private int population;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of them that compete to have one, in evolution (${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--reward",
            paramLabel = "NAME",
            defaultValue = "mnas",
            description = "mnas: accuracy * (MACs / target)^-0.07; v2: accuracy * step time^-0.07 * parameters^-0.05;"
                    + " or accuracy (${DEFAULT-VALUE}).")
    private RewardName reward;

    @Option(
            names = "--target-macs",
            paramLabel = "N",
            defaultValue = "400M",
            description = "The target of mnas (${DEFAULT-VALUE}).")
    private String targetMacs;

    @Option(names = "--budget-macs", paramLabel = "N", description = "The most MACs, e.g. 1G.")
    private String budgetMacs;

    @Option(names = "--budget-memory", paramLabel = "N", description = "The most activation bytes an image, e.g. 300M.")
    private String budgetMemory;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "60",
            description = "Trials in all (${DEFAULT-VALUE}).")
    private int trials;

    /** Created by the command line. */
    public BlocksCommand() {}

    /** Ways to propose networks. */
    enum SamplerName {
        random,
        evolution,
        genetic
    }

    /** Scores of accuracy and cost. */
    enum RewardName {
        mnas,
        v2,
        accuracy
    }

    @Override
    String base() {
        return base;
    }

    @Override
    SpaceSpecification space() {
        if (population < 2) {
            throw new InvalidInputException("--population must be at least 2, found " + population);
        }
        return new BlockSearch(
                maxLayers,
                switch (sampler) {
                    case random -> new BlockSearch.ByChance();
                    case evolution -> new BlockSearch.Evolution(population, sample);
                    case genetic -> new BlockSearch.Genetic(population);
                });
    }

    @Override
    Budgets budgets() {
        return new Budgets(
                new CostLimits(
                        Counts.parse("--budget-macs", budgetMacs), Counts.parse("--budget-memory", budgetMemory)),
                OptionalDouble.empty());
    }

    @Override
    int trials() {
        if (trials < 1) {
            throw new InvalidInputException("--trials must be at least 1, found " + trials);
        }
        return trials;
    }

    @Override
    Reward reward() {
        return switch (reward) {
            case mnas -> Reward.mnas(Counts.parse("--target-macs", targetMacs));
            case v2 -> Reward.v2();
            case accuracy -> Reward.accuracy();
        };
    }
}
