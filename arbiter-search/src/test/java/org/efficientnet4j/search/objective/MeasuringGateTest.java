package org.efficientnet4j.search.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeasuringGateTest {
    /** While a time is measured, two trainings make no step; afterwards they go on. */
    @Test
    void trainingsWaitWhileATimeIsMeasured() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        AtomicBoolean inStep = new AtomicBoolean();
        AtomicBoolean end = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Runnable training = () -> MeasuringGate.train(() -> {
            begun.countDown();
            while (!end.get()) {
                steps.incrementAndGet();
                MeasuringGate.pass();
            }
            return null;
        });
        List<Future<?>> running = List.of(threads.submit(training), threads.submit(training));
        begun.await();
        for (int i = 0; i < 5; i++) {
            int made = MeasuringGate.alone(() -> {
                int before = steps.get();
                pause();
                inStep.set(steps.get() != before);
                return before;
            });
            assertFalse(inStep.get(), "a step was made during the measurement");
            while (steps.get() == made) {
                Thread.onSpinWait();
            }
        }
        end.set(true);
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Median and quartiles by the textbook, linear between neighbours: of 1, 2, 3, 4, 10 they are 3, 2 and 4. */
    @Test
    void aTimingIsAMedianAndTheQuartilesDistance() {
        Timing timing = Timing.of(new double[] {10, 2, 1, 4, 3});
        assertEquals(3, timing.millis());
        assertEquals(2, timing.spread());
        assertTrue(timing.loud());
        assertFalse(new Timing(10, 1).loud());
    }
}
