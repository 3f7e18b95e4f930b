package org.efficientnet4j.search.runner;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.sampler.HigherIsBetter;
import org.efficientnet4j.search.sampler.Sampler;
import org.efficientnet4j.search.sampler.Tried;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.SearchSpace;
import org.efficientnet4j.search.study.Proposal;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a study's trials, several at a time, on Arbiter's local runner. Starting and resuming are the same call: what dead
 * processes left is given back first, what has ended stays. Several runners, also of several processes, may work on one
 * study; each ends when there is nothing left to claim and its own trials are done. Used once, by one thread; only
 * {@link #requestStop} may be called from another.
 *
 * @param <C> the space's kind of choice
 */
public final class StudyRunner<C extends Choice> {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRunner.class);
    private static final long WATCH_MILLIS = 1000;

    private final Study study;
    private final SearchSpace<C> space;
    private final Objective objective;
    private final int parallel;
    private final AtomicBoolean stopRequested = new AtomicBoolean();
    private Supplier<Optional<Trial>> claim;
    private Pruner pruner = Pruner.NONE;
    private Twins twins = new Twins(choice -> new Object());

    /**
     * A runner for what is enqueued in a study.
     *
     * @param space where the trials' choices lie, for Arbiter
     * @param parallel trials at a time, at least 1
     * @throws InvalidInputException for fewer than 1 parallel trial
     */
    public StudyRunner(Study study, SearchSpace<C> space, Objective objective, int parallel) {
        if (parallel < 1) {
            throw new InvalidInputException("Trials at a time must be at least 1, found " + parallel);
        }
        this.study = study;
        this.space = space;
        this.objective = objective;
        this.parallel = parallel;
        this.claim = study::claim;
    }

    /** Ends unpromising trials early. */
    public StudyRunner<C> pruner(Pruner value) {
        pruner = value;
        return this;
    }

    /** Trains once what several choices' trials would train alike; without, every trial is evaluated. */
    public StudyRunner<C> identifiedBy(Function<? super Choice, ?> evaluated) {
        twins = new Twins(evaluated);
        return this;
    }

    /**
     * Has trials proposed until the study has so many.
     *
     * @param wanted trials the study shall have, those it already has included
     * @param seeds what each is trained with
     */
    public StudyRunner<C> proposals(Sampler<C> sampler, int wanted, List<Long> seeds) {
        claim = () -> study.claimOrPropose(
                wanted,
                trials -> {
                    List<Tried<C>> tried = Pooled.searched(trials, space);
                    OptionalInt again = sampler.again(tried);
                    return again.isPresent()
                            ? Optional.of(new Proposal.Again(again.getAsInt()))
                            : sampler.propose(tried).map(Proposal.New::new);
                },
                seeds);
        return this;
    }

    /** Asks for an end: nothing more is begun, running trials end at their next step and are given back. */
    public void requestStop() {
        stopRequested.set(true);
    }

    /**
     * Runs trials until there is nothing to claim, so many were begun, or a stop is requested.
     *
     * @param maxTrials trials this call may begin, exactly kept; {@link Integer#MAX_VALUE} for all
     * @param listeners Arbiter's listeners, for instance its user interface's
     * @return Arbiter's runner after its end, with its counts and the best score of this call
     */
    public IOptimizationRunner run(int maxTrials, StatusListener... listeners) {
        study.recover();
        StudyGenerator<?> generator = new StudyGenerator<>(
                space, this::claimAlsoFromTheDead, this::claimPatiently, stopRequested::get, parallel, maxTrials);
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .scoreFunction(new HigherIsBetter())
                .terminationConditions(List.of(new NothingLeft(generator)))
                .build();
        ThreadClosingRunner runner = new ThreadClosingRunner(
                parallel,
                configuration,
                new StudyTasks(study, objective, pruner, twins, stopRequested::get, generator::ended));
        runner.addListeners(listeners);
        try (Heartbeat heartbeat = new Heartbeat(study)) {
            heartbeat.start();
            runner.execute();
        }
        return runner;
    }

    /** Recovers once where nothing waits: another process may have died meanwhile and left a trial behind. */
    private Optional<Trial> claimAlsoFromTheDead() {
        Optional<Trial> claimed = claim.get();
        return claimed.isEmpty() && study.recover() > 0 ? claim.get() : claimed;
    }

    /** Claims a trial, or waits for those of other machines' processes that are suspected dead until that is known. */
    private Optional<Trial> claimPatiently() {
        Optional<Trial> claimed = claim.get();
        boolean told = false;
        while (claimed.isEmpty() && !stopRequested.get() && study.recoverOrWatch()) {
            claimed = claim.get();
            if (claimed.isEmpty() && !told) {
                LOG.warn(
                        "A process of another machine that has claimed a trial seems dead: watching it for {} minutes",
                        Study.CONFIRMATION.toMinutes());
                told = true;
            }
            if (claimed.isEmpty() && !paused()) {
                break;
            }
        }
        return claimed;
    }

    private static boolean paused() {
        try {
            Thread.sleep(WATCH_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Ends the run when nothing runs and nothing more can be claimed. Arbiter itself waits for ever on an exhausted
     * generator, and on its own conditions ends with tasks under way, whose last result it may lose.
     */
    private record NothingLeft(StudyGenerator<?> generator) implements TerminationCondition {
        @Override
        public void initialize(IOptimizationRunner runner) {}

        @Override
        public boolean terminate(IOptimizationRunner runner) {
            return runner.numCandidatesQueued() == 0 && !generator.hasMoreCandidates();
        }
    }
}
