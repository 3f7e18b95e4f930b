package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.examples.support.Studies;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.NoPruner;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Trial;

/**
 * How far to scale when multiply-accumulates are limited: phi, with the paper's coefficients, by Bayesian optimisation. A
 * Gaussian process models the accuracy; what exceeds the budget is known from the description and never trained.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) equation 2 and section 3.3, step 2.
 */
public final class Example08PhiUnderABudget {
    private static final int CLASSES = 10;

    static final Flags FLAGS = Flags.of(
                    "08 phi-under-a-budget",
                    "Searches phi from 0 to 3 within a budget of multiply-accumulates, of which it allows about a third; layers are whole numbers, so that costs go in steps.",
                    "Expect no trial above the budget, whatever the process proposes; larger is not always better in short",
                    "trainings. Takes 2 to 8 minutes, with --quick 10 to 60 seconds.")
            .with(
                    "--base",
                    "MODEL",
                    "",
                    "the base network: an EfficientNet, or an architecture file; a small one if left out")
            .with("--data", "SOURCE", "shapes:2500", "shapes:1000", "images that trials are judged on")
            .with("--out", "DIR", "runs/08", "runs/08-quick", "folder of the study")
            .with("--budget", "MACS", "60M", "the most multiply-accumulates, e.g. 60M or 1.5G")
            .with("--trials", "N", "8", "3", "trainings")
            .with("--epochs", "N", "4", "1", "epochs of a trial; of one, scores are hardly above chance");

    private Example08PhiUnderABudget() {}

    /**
     * Result of the run.
     *
     * @param budget the most multiply-accumulates
     * @param largestPhi the largest phi whose network keeps the budget, to a hundredth
     * @param trials what was tried
     * @param best the best of them
     */
    public record Result(long budget, double largestPhi, List<Trial> trials, Trial best) {}

    /** Searches. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        ModelDefinition base = given.has("--base") ? given.model("--base") : SmallNetwork.model();
        long budget = Counts.parse("--budget", given.text("--budget"));
        double largest = largestPhi(base, budget);
        System.out.printf(
                Locale.ROOT,
                "%s has %.1f M MACs; scaled by 1.2^phi, 1.1^phi, 1.15^phi it keeps %.1f M up to phi = %.2f.%n",
                base.name(),
                base.cost(CLASSES).macs() / 1e6,
                budget / 1e6,
                largest);
        StudySpecification specification = new StudySpecification(
                base,
                CLASSES,
                new ScalingSearch(
                        new Range(1.2, 1.2),
                        new Range(1.1, 1.1),
                        new Range(1.15, 1.15),
                        new Range(0, 3),
                        ScalingSearch.Sampling.bayes),
                new Budgets(new CostLimits(budget, Long.MAX_VALUE), OptionalDouble.empty()),
                given.number("--trials", 1),
                new ProxySettings(given.text("--data"), 24, 0, 0, given.number("--epochs", 1), 16, 1, 0.01),
                Reward.accuracy(),
                new NoPruner(),
                1,
                1);
        Path folder = Files.createDirectories(Path.of(given.text("--out")));
        try (Search search = Studies.open(specification, folder.resolve("study.db"))) {
            System.out.println("Trials, as coefficients ^ phi:");
            search.run(Studies.lines(search));
            Studies.printBest(search, 3);
            Trial best = Studies.best(search);
            ModelDefinition found = best.choice().model(base);
            System.out.printf(
                    Locale.ROOT,
                    "The network to train in full: %d px, %,d parameters, %.1f M MACs, %.0f %% of the budget.%n",
                    found.evalSize(),
                    found.cost(CLASSES).trainableParameters(),
                    found.cost(CLASSES).macs() / 1e6,
                    100.0 * found.cost(CLASSES).macs() / budget);
            return new Result(budget, largest, search.study().trials(), best);
        }
    }

    private static double largestPhi(ModelDefinition base, long budget) {
        double largest = -1;
        for (int hundredths = 0; hundredths <= 300; hundredths++) {
            CompoundScaling scaling = CompoundScaling.ofPhi(hundredths / 100.0, 1.2, 1.1, 1.15);
            if (base.scaledBy("scaled", scaling).cost(CLASSES).macs() <= budget) {
                largest = hundredths / 100.0;
            }
        }
        return largest;
    }
}
