package org.efficientnet4j.search.study;

import java.util.function.LongSupplier;

/**
 * The two clocks of a study. Times of day are for people and for other machines; the system may set them forwards and
 * backwards. Lengths of time are by the monotonic clock, which nobody sets.
 *
 * @param millis the time of day, milliseconds since 1970
 * @param nanos nanoseconds since some moment of this process
 */
record StudyClock(LongSupplier millis, LongSupplier nanos) {
    static final StudyClock SYSTEM = new StudyClock(System::currentTimeMillis, System::nanoTime);

    long now() {
        return millis.getAsLong();
    }

    /** Milliseconds since a moment of {@link #nanos}. */
    long millisSince(long start) {
        return (nanos.getAsLong() - start) / 1_000_000;
    }
}
