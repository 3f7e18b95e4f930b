package org.efficientnet4j.search.runner;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.study.Study;

/**
 * Runs a study's waiting trials on this machine, several at a time, on Arbiter's local runner. Starting and resuming are
 * the same call: what dead processes left is given back first, what is complete stays. Several runners, also of several
 * processes, may work on one study; each ends when there is nothing left to claim and its own trials are done.
 */
public final class StudyRunner {
    private final Study study;
    private final CoefficientSpace space;
    private final Objective objective;
    private final int parallel;

    /**
     * A runner for a study into which the space's candidates were enqueued.
     *
     * @param parallel trials at a time, at least 1
     * @throws InvalidInputException for fewer than 1 parallel trial
     */
    public StudyRunner(Study study, CoefficientSpace space, Objective objective, int parallel) {
        if (parallel < 1) {
            throw new InvalidInputException("Trials at a time must be at least 1, found " + parallel);
        }
        this.study = study;
        this.space = space;
        this.objective = objective;
        this.parallel = parallel;
    }

    /**
     * Runs trials until none waits or so many were begun.
     *
     * @param maxTrials trials this call may begin, exactly kept; {@link Integer#MAX_VALUE} for all
     * @param listeners Arbiter's listeners, for instance its user interface's
     * @return Arbiter's runner after its end, with its counts and the best score of this call
     */
    public IOptimizationRunner run(int maxTrials, StatusListener... listeners) {
        study.recover();
        StudyGenerator generator = new StudyGenerator(study, space, maxTrials);
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .scoreFunction(new HigherIsBetter())
                .terminationConditions(List.of(new NothingLeft(generator)))
                .build();
        ThreadClosingRunner runner = new ThreadClosingRunner(parallel, configuration, new StudyTasks(study, objective));
        runner.addListeners(listeners);
        runner.execute();
        return runner;
    }

    /**
     * Ends the run when nothing runs and nothing more can be claimed. Arbiter itself waits for ever on an exhausted
     * generator, and on its own conditions ends with tasks under way, whose last result it may lose.
     */
    private record NothingLeft(StudyGenerator generator) implements TerminationCondition {
        @Override
        public void initialize(IOptimizationRunner runner) {}

        @Override
        public boolean terminate(IOptimizationRunner runner) {
            return runner.numCandidatesQueued() == 0 && !generator.hasMoreCandidates();
        }
    }
}
