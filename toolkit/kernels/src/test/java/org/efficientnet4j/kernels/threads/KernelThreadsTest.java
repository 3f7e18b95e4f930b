package org.efficientnet4j.kernels.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelThreadsTest {
    private static final int THREADS = 3;
    private static final int SHARES = 8;

    private final KernelThreads threads = KernelThreads.shared();
    private final int before = threads.count();

    @AfterEach
    void restoreCount() {
        threads.setCount(before);
    }

    @Test
    void runsEveryShareOnceAndReturnsWhenAllAreDone() {
        threads.setCount(THREADS);
        for (int round = 0; round < 200; round++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(SHARES);
            threads.run(SHARES, runs::incrementAndGet);
            for (int share = 0; share < SHARES; share++) {
                assertEquals(1, runs.get(share));
            }
        }
    }

    @Test
    void throwsWhatAShareThrew() {
        threads.setCount(THREADS);
        IllegalStateException problem = assertThrows(
                IllegalStateException.class,
                () -> threads.run(SHARES, share -> {
                    if (share == SHARES - 1) {
                        throw new IllegalStateException("share " + share);
                    }
                }));
        assertEquals("share 7", problem.getMessage());
    }

    @Test
    void sharesTheCoresAmongSeveralCallersInsteadOfStartingThreadsForEach() throws Exception {
        threads.setCount(THREADS);
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Void> training = () -> {
            for (int round = 0; round < 100; round++) {
                threads.run(SHARES, share -> {
                    most.accumulateAndGet(active.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    active.decrementAndGet();
                });
            }
            return null;
        };
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(callers.submit(training));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        } finally {
            callers.shutdown();
        }
        // A helper that joined before another caller came finishes its share: count - 1 helpers at the very most.
        assertTrue(most.get() <= 2 * THREADS - 1, "active at once: " + most.get());
    }

    @Test
    void refusesANumberThatIsNotPositive() {
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> threads.setCount(0));
        assertTrue(problem.getMessage().contains("was 0"));
    }
}
