package org.efficientnet4j.search.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.pruner.MedianPruner;
import org.efficientnet4j.search.sampler.Sampler;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StudyRunnerTest {
    private final CoefficientSpace space = CoefficientSpace.of(
            CoefficientGrid.near(2, 0.05, 0.1), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE);
    private final int size = space.candidates().size();
    private final Set<Integer> evaluated = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    private Study study;

    @BeforeEach
    void open() {
        study = Study.create(folder.resolve("study.db"), "test");
        study.enqueue(space.candidates(), List.of(1L));
    }

    @AfterEach
    void close() {
        study.close();
    }

    private Optional<TrialOutcome> gamma(Trial trial) {
        assertTrue(evaluated.add(trial.number()), "trial " + trial.number() + " ran twice");
        return outcome(trial.choice().parameters().get("gamma"));
    }

    private static Optional<TrialOutcome> outcome(double score) {
        return Optional.of(TrialOutcome.of(score));
    }

    private IOptimizationRunner run(int parallel, int maxTrials) {
        return new StudyRunner<>(study, space, (trial, progress) -> gamma(trial), parallel).run(maxTrials);
    }

    private long count(TrialState state) {
        return study.trials().stream().filter(trial -> trial.state() == state).count();
    }

    @Test
    void anExhaustedGridEndsTheRunAndNoResultIsLost() {
        IOptimizationRunner runner = run(3, Integer.MAX_VALUE);
        assertEquals(size, runner.numCandidatesCompleted());
        assertEquals(size, count(TrialState.COMPLETE));
        double best = space.candidates().stream()
                .mapToDouble(choice -> choice.coefficients().gamma())
                .max()
                .orElseThrow();
        assertEquals(best, runner.bestScore());
        assertEquals(
                best,
                BestTrials.best(study.trials(), OptionalDouble.empty())
                        .orElseThrow()
                        .score()
                        .orElseThrow());
    }

    @Test
    void theLimitIsNotOvershotByParallelTrials() {
        assertTrue(size > 5);
        run(4, 5);
        assertEquals(5, count(TrialState.COMPLETE));
        assertEquals(size - 5, count(TrialState.WAITING));
    }

    /** Choices that round to one network are one training; each still has its score, and says whose. */
    @Test
    void equalTrainingsRunOnce() {
        Function<Choice, Object> depth = choice -> choice.parameters().get("alpha");
        new StudyRunner<>(
                        study,
                        space,
                        (trial, progress) -> {
                            evaluated.add(trial.number());
                            return outcome(trial.choice().parameters().get("alpha"));
                        },
                        1)
                .identifiedBy(depth)
                .run(Integer.MAX_VALUE);
        long different = space.candidates().stream().map(depth).distinct().count();
        assertTrue(different < size, "the grid has equal depths");
        assertEquals(different, evaluated.size());
        assertEquals(size, count(TrialState.COMPLETE));
        for (Trial trial : study.trials()) {
            assertEquals(trial.choice().parameters().get("alpha"), trial.score().orElseThrow());
            trial.sameAs().ifPresent(trained -> assertTrue(evaluated.contains(trained)));
            assertEquals(evaluated.contains(trial.number()), trial.sameAs().isEmpty());
        }
    }

    @Test
    void aSecondRunGoesOnWhereTheFirstEnded() {
        run(2, 3);
        run(2, Integer.MAX_VALUE);
        assertEquals(size, evaluated.size());
        assertEquals(size, count(TrialState.COMPLETE));
    }

    /** Arbiter's own conditions end a run while the last result is still on its way. */
    @Test
    void theLastResultArrivesEveryTime() {
        for (int i = 0; i < Math.min(5, size); i++) {
            assertEquals(1, run(1, 1).numCandidatesCompleted());
        }
    }

    /** The promise is 2 % of a trial's time, which is 600 ms of the half a minute a proxy training takes. */
    @Test
    void theSearchItselfTakesLittleTime() {
        int trials = Math.min(12, size);
        long millis = 150;
        Objective sleeping = (trial, progress) -> {
            Thread.sleep(millis / 2);
            progress.report(0.5);
            Thread.sleep(millis / 2);
            return outcome(1);
        };
        long start = System.nanoTime();
        new StudyRunner<>(study, space, sleeping, 1)
                .pruner(new MedianPruner(0, 5))
                .run(trials);
        double perTrial = ((System.nanoTime() - start) / 1e6 - trials * millis) / trials;
        System.out.printf("%.1f ms a trial beside the objective%n", perTrial);
        assertTrue(perTrial < 600, "milliseconds: " + perTrial);
    }

    /** Another process dies in the last trial while this one is at work. */
    @Test
    void whatADyingProcessLeavesBehindIsRunByTheOthers() {
        int last = size - 1;
        AtomicBoolean died = new AtomicBoolean();
        Objective objective = (trial, progress) -> {
            if (died.compareAndSet(false, true)) {
                dieIn(last);
            }
            return outcome(1);
        };
        new StudyRunner<>(study, space, objective, 1).run(Integer.MAX_VALUE);
        assertEquals(size, count(TrialState.COMPLETE));
        assertEquals(2, study.trials().get(last).attempts());
    }

    private void dieIn(int trial) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.efficientnet4j.search.study.StudyWorker",
                        folder.resolve("study.db").toString(),
                        String.valueOf(trial),
                        "1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (!"hanging".equals(lines.readLine())) {
            assertTrue(process.isAlive());
        }
        process.destroyForcibly().waitFor();
    }

    @Test
    void noMoreTrialsAreClaimedThanRun() {
        Objective counting = (trial, progress) -> {
            Thread.sleep(20);
            assertTrue(count(TrialState.RUNNING) <= 2, "claimed: " + count(TrialState.RUNNING));
            return outcome(1);
        };
        IOptimizationRunner runner = new StudyRunner<>(study, space, counting, 2).run(6);
        assertEquals(0, runner.numCandidatesFailed());
        assertEquals(6, count(TrialState.COMPLETE));
    }

    @Test
    void trialsRunAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(2);
        new StudyRunner<>(
                        study,
                        space,
                        (trial, progress) -> {
                            together.await(20, TimeUnit.SECONDS);
                            return outcome(1);
                        },
                        2)
                .run(2);
        assertEquals(2, count(TrialState.COMPLETE));
    }

    @Test
    void aFailingTrialIsRecordedAndTheSearchGoesOn() {
        Objective objective = (trial, progress) -> {
            progress.report(0.5);
            return switch (trial.number()) {
                case 0 -> throw new IllegalStateException("loss became NaN");
                case 1 -> throw new OutOfMemoryError("too wide");
                case 2 -> outcome(Double.NaN);
                default -> outcome(1);
            };
        };
        IOptimizationRunner runner = new StudyRunner<>(study, space, objective, 2).run(Integer.MAX_VALUE);
        assertEquals(3, runner.numCandidatesFailed());
        List<Trial> trials = study.trials();
        assertTrue(trials.get(0).error().orElseThrow().contains("loss became NaN"));
        assertTrue(trials.get(1).error().orElseThrow().contains("too wide"));
        assertEquals(TrialState.FAILED, trials.get(2).state());
        assertEquals(List.of(0.5), trials.get(0).curve());
        assertEquals(size - 3, count(TrialState.COMPLETE));
    }

    @Test
    void aStoppedSearchGivesItsTrialsBackAndGoesOnLater() {
        AtomicReference<StudyRunner<?>> runner = new AtomicReference<>();
        StudyRunner<CostedCoefficients> stopped = new StudyRunner<>(
                study,
                space,
                (trial, progress) -> {
                    if (trial.number() < 2) {
                        return outcome(1);
                    }
                    progress.report(0.5);
                    runner.get().requestStop();
                    assertTrue(progress.shouldStop());
                    return Optional.empty();
                },
                1);
        runner.set(stopped);
        stopped.run(Integer.MAX_VALUE);
        assertEquals(2, count(TrialState.COMPLETE));
        assertEquals(size - 2, count(TrialState.WAITING));
        assertEquals(0, study.trials().get(2).attempts());
        run(2, Integer.MAX_VALUE);
        assertEquals(size, count(TrialState.COMPLETE));
    }

    @Test
    void anUnpromisingTrialIsPruned() {
        Objective objective = (trial, progress) -> {
            for (int epoch = 1; epoch <= 3; epoch++) {
                progress.report(trial.number() < 5 ? 0.5 : 0.4);
                if (progress.shouldStop()) {
                    return Optional.empty();
                }
            }
            return outcome(trial.number());
        };
        new StudyRunner<>(study, space, objective, 1)
                .pruner(new MedianPruner(1, 5))
                .run(7);
        List<Trial> trials = study.trials();
        assertEquals(5, count(TrialState.COMPLETE));
        assertEquals(TrialState.PRUNED, trials.get(5).state());
        assertEquals(List.of(0.4, 0.4), trials.get(5).curve());
        assertEquals(0.4, trials.get(6).score().orElseThrow());
        assertEquals(
                4,
                BestTrials.best(study.trials(), OptionalDouble.empty())
                        .orElseThrow()
                        .number());
    }

    /** The score of a trial that ended early is on the scale of the others', not its accuracy. */
    @Test
    void aPrunedTrialKeepsTheScoreOfItsLastFigure() {
        Objective objective = (trial, progress) -> {
            double accuracy = trial.number() < 5 ? 0.5 : 0.4;
            progress.report(new TrialProgress.Figure(0, accuracy, accuracy / 2));
            return progress.shouldStop() ? Optional.empty() : outcome(accuracy / 2);
        };
        new StudyRunner<>(study, space, objective, 1)
                .pruner(new MedianPruner(0, 5))
                .run(6);
        Trial pruned = study.trials().get(5);
        assertEquals(TrialState.PRUNED, pruned.state());
        assertEquals(0.2, pruned.score().orElseThrow());
        assertEquals(List.of(List.of(0.4)), pruned.curves());
    }

    @Test
    void proposalsStopAtTheWantedNumberAcrossRuns() {
        try (Study adaptive = Study.create(folder.resolve("adaptive.db"), "test")) {
            Sampler<CostedCoefficients> inOrder =
                    trials -> Optional.of(space.candidates().get(trials.size()));
            new StudyRunner<>(adaptive, space, (trial, progress) -> gamma(trial), 2)
                    .proposals(inOrder, 6, List.of(1L))
                    .run(4);
            new StudyRunner<>(adaptive, space, (trial, progress) -> gamma(trial), 2)
                    .proposals(inOrder, 6, List.of(1L))
                    .run(Integer.MAX_VALUE);
            assertEquals(
                    space.candidates().subList(0, 6),
                    adaptive.trials().stream().map(Trial::choice).toList());
            assertTrue(adaptive.trials().stream().allMatch(trial -> trial.state() == TrialState.COMPLETE));
        }
    }

    @Test
    void refusesNoParallelTrials() {
        assertThrows(InvalidInputException.class, () -> run(0, 1));
    }
}
