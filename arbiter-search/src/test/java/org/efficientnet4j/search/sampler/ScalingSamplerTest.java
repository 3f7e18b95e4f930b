package org.efficientnet4j.search.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.runner.StudyRunner;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.space.ScalingSpace;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A score that rises with MACs: the best network is the dearest that keeps the budget. */
class ScalingSamplerTest {
    private static final Range ONE_POINT_TWO = new Range(1.2, 1.2);
    private static final Range ONE_POINT_ONE = new Range(1.1, 1.1);
    private static final Range ONE_POINT_FIFTEEN = new Range(1.15, 1.15);

    private final CostModel costs = new CostModel(ModelCatalog.find("efficientnet_b0"), 1000);
    private final ScalingSpace phi =
            new ScalingSpace(ONE_POINT_TWO, ONE_POINT_ONE, ONE_POINT_FIFTEEN, new Range(0, 3), costs);

    @TempDir
    private Path folder;

    private List<Trial> run(Sampler<CostedCoefficients> sampler, ScalingSpace box, int trials, int parallel) {
        try (Study study = Study.create(folder.resolve("study.db"), "test")) {
            new StudyRunner<>(
                            study,
                            box,
                            (trial, progress) -> {
                                double gigaMacs = trial.choice().cost().macs() / 1e9;
                                return Optional.of(new TrialOutcome(
                                        Math.log(gigaMacs), Map.of(TrialOutcome.LATENCY_MILLIS, 20 * gigaMacs)));
                            },
                            parallel)
                    .proposals(sampler, trials, List.of(1L))
                    .run(Integer.MAX_VALUE);
            return study.trials();
        }
    }

    private static double best(List<Trial> trials, long maxMacs) {
        return trials.stream()
                .filter(trial -> trial.choice().cost().macs() <= maxMacs)
                .mapToDouble(trial -> trial.choice().cost().macs())
                .max()
                .orElse(0);
    }

    @Test
    void findsTheLargestPhiWithinAMacBudgetAndNeverExceedsIt() {
        long budget = 1_000_000_000;
        List<Trial> trials = run(
                ScalingSampler.bayesian(phi, new CostLimits(budget, Long.MAX_VALUE), OptionalDouble.empty(), 1),
                phi,
                14,
                2);
        assertEquals(14, trials.size());
        assertTrue(trials.stream().allMatch(trial -> trial.choice().cost().macs() <= budget));
        assertTrue(best(trials, budget) > 0.9 * budget, "best: " + best(trials, budget));
        Set<List<Object>> networks = new HashSet<>();
        trials.stream()
                .filter(trial -> trial.role() == TrialRole.SEARCH)
                .forEach(trial -> assertTrue(
                        networks.add(
                                List.of(trial.choice().cost(), trial.choice().size())),
                        "a network was proposed as a new one twice"));
    }

    /** 20 ms a giga-MAC: a budget of 30 ms is 1.5 G, which the sampler can only learn by measuring. */
    @Test
    void learnsAConstraintThatCanOnlyBeMeasured() {
        List<Trial> trials = run(ScalingSampler.bayesian(phi, CostLimits.NONE, OptionalDouble.of(30), 1), phi, 14, 1);
        double reached = best(trials, 1_500_000_000L);
        assertTrue(reached > 0.9 * 1_500_000_000L, "best within the budget: " + reached);
        long beyond = trials.stream()
                .skip(6)
                .filter(trial -> trial.choice().cost().macs() > 2_000_000_000L)
                .count();
        assertTrue(beyond <= 2, "trials far beyond the budget: " + beyond);
    }

    @Test
    void searchesCoefficientsAndPhiTogether() {
        ScalingSpace all =
                new ScalingSpace(new Range(1, 1.5), new Range(1, 1.3), new Range(1, 1.3), new Range(0.5, 1.5), costs);
        assertEquals(4, all.numParameters());
        List<Trial> trials = run(ScalingSampler.random(all, new CostLimits(900_000_000, Long.MAX_VALUE), 1), all, 5, 1);
        for (Trial trial : trials) {
            CostedCoefficients choice = (CostedCoefficients) trial.choice();
            assertEquals(choice, all.at(all.unit(choice)));
        }
    }

    /** Two scalings of unlike cost whose stand-ins are one network are one observation, and no third is proposed. */
    @Test
    void choicesThatAreTrainedAlikeAreOneObservation() {
        Function<CostedCoefficients, Object> rough = scaling -> Math.round(scaling.phi());
        ScalingSampler sampler = ScalingSampler.bayesian(phi, CostLimits.NONE, OptionalDouble.empty(), 1)
                .identifiedBy(rough);
        List<Tried<CostedCoefficients>> tried = new ArrayList<>();
        for (Optional<CostedCoefficients> next = sampler.propose(tried);
                next.isPresent();
                next = sampler.propose(tried)) {
            tried.add(new Tried<>(
                    tried.size(), next.get(), OptionalDouble.of(next.get().phi()), OptionalDouble.empty()));
        }
        assertEquals(
                Set.of(0L, 1L, 2L, 3L),
                tried.stream().map(one -> rough.apply(one.choice())).collect(Collectors.toSet()));
        assertEquals(4, tried.size(), "each stand-in once");
        CostedCoefficients twin = phi.at(new double[] {0.99});
        List<Tried<CostedCoefficients>> twice = new ArrayList<>(tried.subList(0, 3));
        ScalingSampler plain = ScalingSampler.bayesian(phi, CostLimits.NONE, OptionalDouble.empty(), 1)
                .identifiedBy(scaling -> scaling.phi() > 2.5 ? "large" : scaling);
        twice.add(new Tried<>(3, phi.at(new double[] {0.95}), OptionalDouble.of(3), OptionalDouble.empty()));
        Optional<CostedCoefficients> once = plain.propose(twice);
        twice.add(new Tried<>(4, twin, OptionalDouble.of(3), OptionalDouble.empty()));
        assertEquals(once, plain.propose(twice), "the twin adds nothing");
    }

    /** A process through eight scores takes them for exact; that the images alone move each by .05 is said. */
    @Test
    void aProcessThatIsSurerThanTheImagesAllowIsCautionedOf() {
        ScalingSampler sampler = ScalingSampler.bayesian(phi, CostLimits.NONE, OptionalDouble.empty(), 1);
        List<Tried<CostedCoefficients>> tried = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CostedCoefficients choice = phi.at(new double[] {i / 7.0});
            tried.add(new Tried<>(i, choice, OptionalDouble.of(choice.phi() / 10), OptionalDouble.empty()));
        }
        Outlook outlook = sampler.outlook(tried, 1).orElseThrow();
        assertTrue(outlook.noise() < 0.05, "noise " + outlook.noise());
        assertTrue(
                outlook.caution(OptionalDouble.of(0.05)).contains("less than the standard error of 0.0500"),
                outlook.caution(OptionalDouble.of(0.05)));
        assertEquals("", outlook.caution(OptionalDouble.of(outlook.noise() / 2)));
        assertEquals("", outlook.caution(OptionalDouble.empty()));
    }

    /**
     * Four networks in all, scores .4, .5, .6, .3 with noise of .1: what is left of 16 trials measures leaders again, each
     * time with a fresh seed, and the clearly worse ones less than the best.
     */
    @Test
    void leadersAreMeasuredAgainWithFreshSeeds() {
        Function<Choice, Object> rough =
                choice -> Math.round(choice.parameters().get("phi"));
        double[] truths = {0.4, 0.5, 0.6, 0.3};
        List<Trial> trials;
        try (Study study = Study.create(folder.resolve("repeats.db"), "test")) {
            ScalingSampler sampler = ScalingSampler.bayesian(phi, CostLimits.NONE, OptionalDouble.empty(), 1)
                    .identifiedBy(rough);
            new StudyRunner<>(
                            study,
                            phi,
                            (trial, progress) -> Optional.of(TrialOutcome.of(truths[
                                            (int) (long) (Long) rough.apply(trial.choice())]
                                    + 0.1
                                            * new Random(31 * trial.seeds().get(0)
                                                            + trial.repeats().orElse(trial.number()))
                                                    .nextGaussian())),
                            1)
                    .proposals(sampler, 16, List.of(1L))
                    .run(Integer.MAX_VALUE);
            trials = study.trials();
        }
        assertEquals(16, trials.size());
        List<Trial> again = trials.stream()
                .filter(trial -> trial.role() == TrialRole.LEADER)
                .toList();
        assertEquals(12, again.size());
        assertEquals(
                12,
                again.stream()
                        .map(trial -> trial.repeats().orElseThrow() + " " + trial.seeds())
                        .distinct()
                        .count(),
                "fresh seeds each time");
        again.forEach(trial -> assertTrue(trial.seeds().get(0) >= 100_000));
        long best = again.stream()
                .filter(trial -> rough.apply(trial.choice()).equals(2L))
                .count();
        long worst = again.stream()
                .filter(trial -> rough.apply(trial.choice()).equals(3L))
                .count();
        assertTrue(best > worst, best + " repetitions of the best, " + worst + " of the worst");
    }

    @Test
    void aTrialOfAnotherSpaceIsRefused() {
        BlockSpace blocks = new BlockSpace(ModelCatalog.find("efficientnet_b0"), 2, 1000);
        Trial foreign = Trial.waiting(0, blocks.random(new Random(1)), List.of(1L));
        assertThrows(InvalidInputException.class, () -> Tried.of(foreign, phi));
    }

    @Test
    void rangesAreNumbersOrIntervals() {
        assertEquals(new Range(1.2, 1.2), Range.parse("alpha", "1.2"));
        assertEquals(new Range(0, 3), Range.parse("phi", "0:3"));
        for (String wrong : List.of("", "a", "1:2:3", "2:1", "NaN")) {
            assertThrows(InvalidInputException.class, () -> Range.parse("phi", wrong));
        }
        assertThrows(
                InvalidInputException.class,
                () -> new ScalingSpace(ONE_POINT_TWO, ONE_POINT_ONE, ONE_POINT_FIFTEEN, new Range(1, 1), costs));
        assertThrows(
                InvalidInputException.class,
                () -> new ScalingSpace(new Range(0.9, 2), ONE_POINT_ONE, ONE_POINT_FIFTEEN, new Range(1, 1), costs));
    }
}
