package org.efficientnet4j.search.bayes;

import java.util.OptionalInt;

/**
 * A point to measure.
 *
 * @param point in the unit cube
 * @param repeats the place of the observation whose point it is, where it was measured before
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Measurement(double[] point, OptionalInt repeats) {
    /** Copies the point. */
    public Measurement {
        point = point.clone();
    }

    static Measurement of(double[] point) {
        return new Measurement(point, OptionalInt.empty());
    }

    @Override
    public double[] point() {
        return point.clone();
    }
}
