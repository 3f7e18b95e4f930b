package org.efficientnet4j.search.runner;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.efficientnet4j.search.sampler.OnceGenerator;
import org.efficientnet4j.search.study.Trial;

/**
 * Hands Arbiter the trials a study gives out, at most so many. A trial is claimed when Arbiter asks whether there is
 * one, since another process may take it between that question and the next; but not while as many run as may, when
 * Arbiter asks all the same and would leave it lying. The limit counts what is handed out and not what came back, so that
 * parallel trials do not overshoot it.
 */
final class StudyGenerator<T> extends OnceGenerator<T> {
    private final Supplier<Optional<Trial>> claim;
    private final Supplier<Optional<Trial>> lastClaim;
    private final BooleanSupplier stopped;
    private final int parallel;
    private int running;
    private int left;
    private Trial claimed;

    /**
     * @param claim asked while trials of this process run
     * @param lastClaim asked when none does, before the end: it may take its time
     */
    StudyGenerator(
            ParameterSpace<T> space,
            Supplier<Optional<Trial>> claim,
            Supplier<Optional<Trial>> lastClaim,
            BooleanSupplier stopped,
            int parallel,
            int maxTrials) {
        super(space, Trial.class);
        this.claim = claim;
        this.lastClaim = lastClaim;
        this.stopped = stopped;
        this.parallel = parallel;
        this.left = maxTrials;
    }

    @Override
    public synchronized boolean hasMoreCandidates() {
        if (running >= parallel) {
            return true;
        }
        if (claimed == null && left > 0 && !stopped.getAsBoolean()) {
            claimed = (running > 0 ? claim : lastClaim).get().orElse(null);
        }
        return claimed != null;
    }

    @Override
    protected Candidate<Trial> take() {
        if (claimed == null) {
            throw new IllegalStateException("At most " + parallel + " trials may run, and " + running + " do");
        }
        Trial trial = claimed;
        claimed = null;
        left--;
        running++;
        double[] flat = trial.choice().parameters().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new Candidate<>(() -> trial, trial.number(), flat);
    }

    /** A trial that was handed out runs no more. */
    synchronized void ended() {
        running--;
    }
}
