package org.efficientnet4j.search.sampler;

import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.generator.BaseCandidateGenerator;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * An Arbiter generator that hands every candidate out once and is equal to itself alone: Arbiter's base class compares by
 * fields, which for a generator with an end means that two are equal until one has given something out.
 *
 * @param <T> what its candidates hold
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.NONE,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
public abstract class OnceGenerator<T> extends BaseCandidateGenerator<T> {
    private final Class<?> type;

    /**
     * A generator over a space.
     *
     * @param space where its candidates lie
     * @param type the class of a candidate's value
     */
    @SuppressWarnings("this-escape") // Arbiter's base class numbers the space's leaves and touches no subclass
    protected OnceGenerator(ParameterSpace<T> space, Class<?> type) {
        super(space, null, false);
        this.type = type;
        initialize();
    }

    /**
     * The next candidate.
     *
     * @throws IllegalStateException if there is none
     */
    @Override
    public final synchronized Candidate<?> getCandidate() {
        if (!hasMoreCandidates()) {
            throw new IllegalStateException("There is no further candidate: ask hasMoreCandidates() first");
        }
        return take();
    }

    /** The next candidate, of which there is one. */
    protected abstract Candidate<?> take();

    @Override
    public final Class<?> getCandidateType() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
