package org.efficientnet4j.search.bayes;

import java.util.OptionalDouble;

/**
 * A point that was tried, or is being tried.
 *
 * @param point in the unit cube
 * @param score what it reached, higher is better; empty while it is pending
 * @param constraint the measured constraint; empty where there is none, or it is not known yet
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Observation(double[] point, OptionalDouble score, OptionalDouble constraint) {
    /** Copies the point. */
    public Observation {
        point = point.clone();
    }

    @Override
    public double[] point() {
        return point.clone();
    }

    boolean keeps(double limit) {
        return constraint.isEmpty() || constraint.getAsDouble() <= limit;
    }
}
