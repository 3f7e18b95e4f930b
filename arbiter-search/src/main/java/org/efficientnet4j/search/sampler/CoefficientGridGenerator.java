package org.efficientnet4j.search.sampler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Every admitted point of a grid once, in the grid's order or, once {@link #setRngSeed} was called, in a shuffled one
 * that depends on the seed alone. A candidate's index is its place in the grid, whatever the order, so that it means the
 * same in every run. Its JSON has the space and the seed, not how far it is.
 */
public final class CoefficientGridGenerator extends OnceGenerator<CostedCoefficients> {
    @JsonProperty("parameterSpace")
    private final CoefficientSpace space;

    private Long seed;

    private final List<Integer> order;
    private int next;

    /** A generator in the grid's order. */
    public CoefficientGridGenerator(CoefficientSpace space) {
        super(space, CostedCoefficients.class);
        this.space = space;
        this.order = new ArrayList<>();
        for (int i = 0; i < space.candidates().size(); i++) {
            order.add(i);
        }
    }

    @JsonCreator
    static CoefficientGridGenerator of(
            @JsonProperty("parameterSpace") CoefficientSpace space, @JsonProperty("seed") Long seed) {
        CoefficientGridGenerator generator = new CoefficientGridGenerator(space);
        if (seed != null) {
            generator.setRngSeed(seed);
        }
        return generator;
    }

    @JsonProperty("seed")
    synchronized Long seed() {
        return seed;
    }

    @Override
    public synchronized void setRngSeed(long newSeed) {
        if (next > 0) {
            throw new IllegalStateException("The order is set before the first candidate, found " + next + " taken");
        }
        super.setRngSeed(newSeed);
        seed = newSeed;
        Collections.sort(order);
        Collections.shuffle(order, new Random(newSeed));
    }

    @Override
    public synchronized boolean hasMoreCandidates() {
        return next < order.size();
    }

    @Override
    protected Candidate<CostedCoefficients> take() {
        int index = order.get(next++);
        double[] flat = {space.valueOf(index)};
        return new Candidate<>(() -> space.candidates().get(index), index, flat);
    }
}
