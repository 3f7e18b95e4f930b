package org.efficientnet4j.kernels.threads;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** One piece of work in shares; whoever is free claims the next. */
final class Region {
    private static final int SPINS_BEFORE_PARKING = 20_000;

    private static final long WAIT_NANOS = 20_000;

    private final int shares;
    private final IntConsumer body;
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Region(int shares, IntConsumer body) {
        this.shares = shares;
        this.body = body;
    }

    boolean hasUnclaimed() {
        return claimed.get() < shares;
    }

    /** Runs shares until none is left to claim. */
    void work() {
        for (int share = claimed.getAndIncrement(); share < shares; share = claimed.getAndIncrement()) {
            try {
                body.accept(share);
            } catch (RuntimeException | Error problem) {
                failure.compareAndSet(null, problem);
            } finally {
                finished.incrementAndGet();
            }
        }
    }

    /** Waits for the shares that others claimed; the memory they use must not go away before. */
    void await() {
        for (int spins = 0; finished.get() < shares; spins++) {
            if (spins < SPINS_BEFORE_PARKING) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
        Throwable problem = failure.get();
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem != null) {
            throw (RuntimeException) problem;
        }
    }
}
