package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.examples.support.Studies;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.NoPruner;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.GridSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Trial;

/**
 * The search that gave EfficientNet its coefficients: every (alpha, beta, gamma) on a grid for which alpha beta^2 gamma^2 is
 * about 2, each judged by a short training of a small stand-in.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 1.
 */
public final class Example07GridSearch {
    private static final int CLASSES = 10;

    static final Flags FLAGS = Flags.of(
                    "07 grid-search",
                    "Lists the coefficients that keep the constraint, then tries those of a coarse grid.",
                    "Expect the paper's (1.2, 1.1, 1.15) among the fine grid's 111, and on 32 px some points between resolution",
                    "and depth; one seed of a short training does not tell neighbours apart. Takes 2 to 8 minutes,",
                    "with --quick 10 to 60 seconds. A second start goes on with the study, which has nothing left to try.")
            .with(
                    "--base",
                    "MODEL",
                    "",
                    "the base network: an EfficientNet, or an architecture file; a small one if left out")
            .with("--data", "SOURCE", "shapes:2500", "shapes:1000", "images that trials are judged on")
            .with("--out", "DIR", "runs/07", "runs/07-quick", "folder of the study")
            .with("--step", "X", "0.2", "0.4", "distance of neighbouring coefficients")
            .with("--tolerance", "X", "0.1", "0.2", "how far a product may lie from 2")
            .with("--epochs", "N", "4", "1", "epochs of a trial; of one, scores are hardly above chance");

    private Example07GridSearch() {}

    /**
     * Result of the run.
     *
     * @param fineGrid the coefficients of the paper's grid, steps of 0.05
     * @param tolerance how far a product may lie from 2
     * @param trials what was tried
     * @param best the best of them
     */
    public record Result(List<Coefficients> fineGrid, double tolerance, List<Trial> trials, Trial best) {}

    /** Searches. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        List<Coefficients> fine = CoefficientGrid.standard().coefficients();
        System.out.printf(
                "On a grid of 0.05, %d (alpha, beta, gamma) have alpha * beta^2 * gamma^2 within 0.1 of 2, from %s to %s.%n",
                fine.size(), text(fine.get(0)), text(fine.get(fine.size() - 1)));

        CoefficientGrid grid = CoefficientGrid.near(2, given.decimal("--tolerance"), given.decimal("--step"));
        ModelDefinition base = given.has("--base") ? given.model("--base") : SmallNetwork.model();
        // Each stand-in is the scaled network on images of 24 px times gamma.
        ProxySettings standIn =
                new ProxySettings(given.text("--data"), 24, 0, 0, given.number("--epochs", 1), 16, 1, 0.01);
        StudySpecification specification = new StudySpecification(
                base,
                CLASSES,
                new GridSearch(grid, 1),
                Budgets.NONE,
                0, // every choice
                standIn,
                Reward.accuracy(),
                new NoPruner(),
                1,
                1);
        System.out.printf(
                "Of steps of %s, %d are tried. Costs are the whole network's; %s alone has %.1f M MACs.%n",
                given.text("--step"),
                specification.plan().trials(),
                base.name(),
                base.cost(CLASSES).macs() / 1e6);

        Path folder = Files.createDirectories(Path.of(given.text("--out")));
        try (Search search = Studies.open(specification, folder.resolve("study.db"))) {
            search.run(Studies.lines(search));
            Studies.printBest(search, 3);
            Trial best = Studies.best(search);
            CostedCoefficients choice = (CostedCoefficients) best.choice();
            System.out.printf(
                    Locale.ROOT,
                    "Best: %s, whose product is %.3f and whose MACs are %.2f times the base's.%n"
                            + "Layers and channels are whole numbers: a base of few layers strays from 2, efficientnet_b0 hardly.%n",
                    text(choice.coefficients()),
                    choice.coefficients().product(),
                    (double) choice.cost().macs() / base.cost(CLASSES).macs());
            return new Result(fine, grid.tolerance(), search.study().trials(), best);
        }
    }

    private static String text(Coefficients one) {
        return "(%s, %s, %s)".formatted(one.alpha(), one.beta(), one.gamma());
    }
}
