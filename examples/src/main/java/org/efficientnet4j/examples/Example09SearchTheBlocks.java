package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.examples.support.Studies;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.NoPruner;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.specification.BlockSearch;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Trial;

/**
 * A base network of one's own, and a search for better blocks: type, layers, kernel and expansion of each stage by regularised
 * evolution, rewarded for accuracy against cost. The result is an architecture file, as every command takes it.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3; reward of EfficientNet (arXiv 1905.11946) section 4.
 */
public final class Example09SearchTheBlocks {
    private static final int CLASSES = 10;
    private static final int MOST_LAYERS = 2;

    static final Flags FLAGS = Flags.of(
                    "09 search-the-blocks",
                    "Takes a base network of three stages and searches other blocks for it; M is MBConv, F Fused-MBConv, then",
                    "layers, kernel and expansion: F2k3e4.",
                    "Expect networks of the same channels and strides whose cost differs by ten times and more, and a file",
                    "found.yaml. Takes 2 to 8 minutes, with --quick 10 to 60 seconds.")
            .with(
                    "--base",
                    "MODEL",
                    "",
                    "the base network: an EfficientNet, or an architecture file; small if left out")
            .with("--data", "SOURCE", "shapes:2500", "shapes:1000", "images that trials are judged on")
            .with("--out", "DIR", "runs/09", "runs/09-quick", "folder of the study and the network found")
            .with("--target", "MACS", "10M", "cost at which the reward is the accuracy")
            .with("--trials", "N", "12", "4", "trainings")
            .with("--epochs", "N", "4", "1", "epochs of a trial; of one, scores are hardly above chance");

    private Example09SearchTheBlocks() {}

    /**
     * Result of the run.
     *
     * @param base the base network
     * @param networks how many the space holds
     * @param trials what was tried
     * @param best the best of them
     * @param file its architecture
     * @param found the network read back from there
     */
    public record Result(
            ModelDefinition base, double networks, List<Trial> trials, Trial best, Path file, ModelDefinition found) {}

    /** Searches. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        ModelDefinition base = given.has("--base") ? given.model("--base") : SmallNetwork.model();
        double networks = new BlockSpace(base, MOST_LAYERS, CLASSES).networks();
        System.out.printf(
                Locale.ROOT,
                "The base, %.1f M MACs at %d px:%n%s%nOther blocks in its stages make %,.0f networks.%n",
                base.cost(CLASSES).macs() / 1e6,
                base.evalSize(),
                ArchitectureFile.format(base).indent(2),
                networks);
        StudySpecification specification = new StudySpecification(
                base,
                CLASSES,
                new BlockSearch(MOST_LAYERS, new BlockSearch.Evolution(4, 2)),
                Budgets.NONE,
                given.number("--trials", 1),
                new ProxySettings(given.text("--data"), 24, 0, 0, given.number("--epochs", 1), 16, 1, 0.01),
                Reward.mnas(Counts.parse("--target", given.text("--target"))),
                new NoPruner(),
                1,
                1);
        Path folder = Files.createDirectories(Path.of(given.text("--out")));
        try (Search search = Studies.open(specification, folder.resolve("study.db"))) {
            System.out.println("Trials; the score is accuracy * (MACs / target)^-0.07:");
            search.run(Studies.lines(search));
            Studies.printBest(search, 3);
            Trial best = Studies.best(search);
            Path file = folder.resolve("found.yaml");
            AtomicFiles.writeText(file, ArchitectureFile.format(best.choice().model(base)));
            System.out.printf(
                    "Written to %s; go on with: ./effnet train %s --data shapes --out runs/found%n", file, file);
            return new Result(base, networks, search.study().trials(), best, file, ModelCatalog.find(file.toString()));
        }
    }
}
