package org.efficientnet4j.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.objective.ProxyTraining;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.StudyRunner;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.SearchSpace;
import org.efficientnet4j.search.specification.SearchPlan;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.statistics.FamilyComparison;
import org.efficientnet4j.search.statistics.Standings;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;

/**
 * A search over a study's file: what {@code effnet search} does, for programs.
 *
 * <pre>
 * try (Search search = Search.create(specification, Path.of("study.db"))) {   // or Search.open to go on
 *     search.parallel(2).run();
 *     Trial best = search.best().orElseThrow();
 * }
 * </pre>
 *
 * <p>Used by one thread; only {@link #requestStop} may be called from another.
 */
public final class Search implements AutoCloseable {
    private final Study study;
    private StudySpecification specification;
    private int parallel = 1;
    private int maxTrials = Integer.MAX_VALUE;
    private Optional<Cluster> cluster = Optional.empty();
    private volatile boolean stopRequested;
    private volatile StudyRunner<?> runner;

    private Search(Study study, StudySpecification specification) {
        this.study = study;
        this.specification = specification;
    }

    /**
     * Begins a search. Paths of images are kept in full.
     *
     * @param file the study's file, where nothing is yet
     * @throws InvalidInputException if the file is there, the search has nothing to try, or the images cannot be read
     */
    public static Search create(StudySpecification specification, Path file) {
        return create(specification, file, List.of());
    }

    /**
     * Begins a search with what another study has measured: its complete trials that lie in this search's space count as
     * this one's, whose number of trials includes them.
     *
     * @param file the study's file, where nothing is yet
     * @param earlier a study whose trials were trained and judged as this search's are
     * @throws InvalidInputException as for {@link #create}, and where the studies' scores do not compare
     */
    public static Search createFrom(StudySpecification specification, Path file, Path earlier) {
        return create(specification, file, EarlierTrials.of(earlier, specification));
    }

    private static Search create(StudySpecification specification, Path file, List<Trial> trials) {
        Trainings.requireRunnable(specification);
        StudySpecification kept = specification.withAbsoluteData();
        return new Search(Study.create(file, kept.toJson(), trials), kept);
    }

    /**
     * Opens a search to go on with it. A study of version 0 is brought to the current version first.
     *
     * @throws InvalidInputException if there is no study, or it cannot be read
     */
    public static Search open(Path file) {
        Study study = Study.open(file, new VersionZero());
        try {
            return new Search(study, StudySpecification.parse(study.specification()));
        } catch (RuntimeException e) {
            study.close();
            throw e;
        }
    }

    /** The definition of the search. */
    public StudySpecification specification() {
        return specification;
    }

    /** Its trials. */
    public Study study() {
        return study;
    }

    /**
     * Sets how many trials run at a time, 1 unless set; they share the cores.
     *
     * @throws InvalidInputException for fewer than 1
     */
    public Search parallel(int value) {
        if (value < 1) {
            throw new InvalidInputException("Trials at a time must be at least 1, found " + value);
        }
        parallel = value;
        return this;
    }

    /**
     * Sets how many trials a run may begin, all unless set.
     *
     * @throws InvalidInputException for fewer than 1
     */
    public Search maxTrials(int value) {
        if (value < 1) {
            throw new InvalidInputException("The trials of a run must be at least 1, found " + value);
        }
        maxTrials = value;
        return this;
    }

    /** Has trials evaluated on a cluster instead of here. */
    public Search on(Cluster value) {
        cluster = Optional.of(value);
        return this;
    }

    /**
     * Changes how many trials there will be.
     *
     * @throws InvalidInputException for a search that tries every choice, or fewer than 1
     */
    public Search trials(int value) {
        keep(specification.withTrials(value));
        return this;
    }

    /** Asks for an end: nothing more is begun, running trials end at their next step and are given back. */
    public void requestStop() {
        stopRequested = true;
        StudyRunner<?> running = runner;
        if (running != null) {
            running.requestStop();
        }
    }

    /**
     * Runs trials until there is nothing left, so many were begun, or a stop is requested. What dead processes left is
     * given back first, what has ended stays.
     *
     * @param listeners Arbiter's listeners, for instance its user interface's
     * @return Arbiter's runner after its end
     * @throws InvalidInputException if the images cannot be read
     */
    public IOptimizationRunner run(StatusListener... listeners) {
        prepare();
        return run(specification.plan(), listeners);
    }

    private void prepare() {
        Trainings.requireRunnable(specification);
        keep(specification.withAbsoluteData()); // version 0 kept paths as they were given
        if (cluster.isEmpty()) {
            Trainings.shareThreads(parallel);
        }
    }

    private Objective objective() {
        ProxyTraining training = Trainings.of(specification, parallel);
        return cluster.isEmpty() ? training : cluster.get().remote(training);
    }

    /** Runs trials that wait in the study, and neither adds nor proposes others. */
    public void runWaiting() {
        prepare();
        start(specification.plan().space(), made -> {});
    }

    private <C extends Choice> IOptimizationRunner run(SearchPlan<C> plan, StatusListener... listeners) {
        List<Long> seeds = specification.seeds();
        return start(
                plan.space(),
                made -> {
                    if (plan.sampler().isEmpty()) {
                        study.enqueue(plan.choices(), seeds);
                    } else {
                        made.proposals(plan.sampler().get(), plan.trials(), seeds);
                    }
                },
                listeners);
    }

    private <C extends Choice> IOptimizationRunner start(
            SearchSpace<C> space, Consumer<StudyRunner<C>> trials, StatusListener... listeners) {
        StudyRunner<C> made = new StudyRunner<>(study, space, objective(), parallel)
                .pruner(specification.pruner())
                .identifiedBy(specification.identity());
        trials.accept(made);
        runner = made;
        if (stopRequested) {
            made.requestStop();
        }
        return made.run(maxTrials, listeners);
    }

    /**
     * Repeats the best trials with fresh seeds, and the best of those on the test part. What was repeated before is not
     * repeated again; a search that was stopped goes on where it was.
     *
     * @param leaders how many of the best different networks to repeat, at least 2
     * @param seeds fresh seeds of each, at least 2
     * @return what it tells; empty if it was stopped, or nothing is complete
     * @throws InvalidInputException for fewer, or while trials of the search are left
     */
    public Optional<Confirmation> confirm(int leaders, int seeds) {
        if (leaders < 2 || seeds < 2) {
            throw new InvalidInputException(
                    "A confirmation must have at least 2 leaders and 2 seeds, found " + leaders + " and " + seeds);
        }
        return new FollowUps(this).confirm(leaders, freshSeeds(seeds));
    }

    /**
     * Trains the networks that the confirmed coefficients give within budgets, and those of the paper's coefficients,
     * with equal fresh seeds, and judges both on the test part, which chose neither. What was trained before is not
     * trained again; a search that was stopped goes on where it was.
     *
     * @param budgets the most MACs of each network
     * @param seeds fresh seeds of each, at least 2
     * @return the comparison; empty if it was stopped, or nothing was confirmed
     * @throws InvalidInputException for fewer seeds, a budget below the base network's cost, a search for blocks, or one
     *     that chooses by the test part
     */
    public Optional<FamilyComparison> family(List<Long> budgets, int seeds) {
        if (seeds < 2) {
            throw new InvalidInputException("A family must be trained with at least 2 seeds, found " + seeds);
        }
        return new FollowUps(this).family(budgets, freshSeeds(seeds));
    }

    private List<Long> freshSeeds(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> specification.seed() + specification.seedsPerTrial() + i)
                .toList();
    }

    boolean stopRequested() {
        return stopRequested;
    }

    /** Different networks that keep the latency budget by falling score, with what can be told of their order. */
    public Optional<Standings> standings() {
        return Standings.of(
                BestTrials.ranked(study.trials(), specification.budgets().latencyMillis()), specification.identity());
    }

    /** The best complete trial that keeps the latency budget; empty if there is none yet. */
    public Optional<Trial> best() {
        return BestTrials.best(study.trials(), specification.budgets().latencyMillis());
    }

    @Override
    public void close() {
        study.close();
    }

    private void keep(StudySpecification changed) {
        if (!changed.equals(specification)) {
            study.amend(changed.toJson());
            specification = changed;
        }
    }
}
