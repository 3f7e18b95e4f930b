package org.efficientnet4j.search.runner;

import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.BaseCandidateGenerator;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;

/**
 * Hands Arbiter the trials a study has waiting, at most so many. A trial is claimed when Arbiter asks whether there is
 * one, since another process may take it between that question and the next. The limit counts what is handed out and not
 * what came back, so that parallel trials do not overshoot it.
 */
final class StudyGenerator extends BaseCandidateGenerator<CostedCoefficients> {
    private final Study study;
    private int left;
    private Trial claimed;

    StudyGenerator(Study study, ParameterSpace<CostedCoefficients> space, int maxTrials) {
        super(space, null, true);
        this.study = study;
        this.left = maxTrials;
    }

    @Override
    public synchronized boolean hasMoreCandidates() {
        if (claimed == null && left > 0) {
            claimed = study.claim().orElse(null);
        }
        return claimed != null;
    }

    @Override
    public synchronized Candidate<Trial> getCandidate() {
        if (!hasMoreCandidates()) {
            throw new IllegalStateException("No trial of the study is waiting, or the limit is reached");
        }
        Trial trial = claimed;
        claimed = null;
        left--;
        double[] flat = {
            trial.choice().coefficients().alpha(),
            trial.choice().coefficients().beta(),
            trial.choice().coefficients().gamma()
        };
        return new Candidate<>(() -> trial, trial.number(), flat);
    }

    @Override
    public Class<?> getCandidateType() {
        return Trial.class;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
