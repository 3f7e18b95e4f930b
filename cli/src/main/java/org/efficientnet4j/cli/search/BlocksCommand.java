package org.efficientnet4j.cli.search;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.sampler.GeneticBlocks;
import org.efficientnet4j.search.sampler.RandomBlocks;
import org.efficientnet4j.search.sampler.RegularizedEvolution;
import org.efficientnet4j.search.sampler.Sampler;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
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
    private static final int EXAMPLES = 5;

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

    /** How networks are proposed. */
    enum SamplerName {
        random,
        evolution,
        genetic
    }

    /** How accuracy and cost make one score. */
    enum RewardName {
        mnas,
        v2,
        accuracy
    }

    @Override
    SearchPlan plan() {
        if (trials < 1 || population < 2) {
            throw new InvalidInputException(
                    "--trials must be at least 1 and --population at least 2, found " + trials + " and " + population);
        }
        ModelDefinition model = ModelCatalog.find(base);
        BlockSpace space = new BlockSpace(model, maxLayers, classes());
        CostLimits limits = new CostLimits(
                Counts.parse("--budget-macs", budgetMacs), Counts.parse("--budget-memory", budgetMemory));
        Sampler chosen =
                switch (sampler) {
                    case random -> new RandomBlocks(space, limits, seed());
                    case evolution -> new RegularizedEvolution(space, limits, seed(), population, sample);
                    case genetic -> new GeneticBlocks(space, limits, seed(), population);
                };
        Random random = new Random(seed());
        List<? extends Choice> examples =
                Stream.generate(() -> space.random(random)).limit(EXAMPLES).toList();
        return new SearchPlan(
                "block search", base, model, space, examples, Optional.of(chosen), trials, reward(), false);
    }

    private Reward reward() {
        return switch (reward) {
            case mnas -> Reward.mnas(Counts.parse("--target-macs", targetMacs));
            case v2 -> Reward.v2();
            case accuracy -> Reward.accuracy();
        };
    }
}
