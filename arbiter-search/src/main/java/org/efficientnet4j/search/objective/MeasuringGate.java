package org.efficientnet4j.search.objective;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets one measurement of time at a time run alone in this process: trainings wait at their next step until it is done.
 * Other processes are not stopped; a measurement's spread tells of them.
 */
final class MeasuringGate {
    /** Fair, so that a measurement that waits is not passed by trainings for ever. */
    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock(true);

    private MeasuringGate() {}

    /** Something that trains. */
    interface Training<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs a training, which calls {@link #pass} between steps. */
    static <T, E extends Exception> T train(Training<T, E> training) throws E {
        LOCK.readLock().lock();
        try {
            return training.run();
        } finally {
            LOCK.readLock().unlock();
        }
    }

    /** Lets a measurement that waits go first. Called by the thread that trains. */
    static void pass() {
        if (LOCK.hasQueuedThreads()) {
            LOCK.readLock().unlock();
            LOCK.readLock().lock();
        }
    }

    /** Measures while nothing trains. Called by a thread that does not train. */
    static <T> T alone(Supplier<T> measurement) {
        LOCK.writeLock().lock();
        try {
            return measurement.get();
        } finally {
            LOCK.writeLock().unlock();
        }
    }
}
