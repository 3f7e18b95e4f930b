package org.efficientnet4j.kernels.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The process's threads for kernels: a fork-join of the calling thread and up to {@link #count()} - 1 helpers.
 *
 * <p>Work is cut into shares whose number depends on the work and on {@link #count()} alone, and each share writes memory
 * of its own: results do not depend on who ran which share. Several networks may train at once: a helper joins in only
 * while fewer than {@link #count()} threads run kernels, so callers plus helpers never outnumber the larger of
 * {@link #count()} and the callers.
 */
public final class KernelThreads {
    /** The system property for the number of threads; default: the processors this JVM may use. */
    public static final String PROPERTY = "efficientnet4j.threads";

    private static final long SPIN_NANOS = 100_000;

    /** Longer than a layer's work outside its kernels takes: waking a parked thread costs some 50 microseconds. */
    private static final long YIELD_NANOS = 1_000_000;

    private static final KernelThreads SHARED = new KernelThreads(countFromProperty());

    private final Queue<Region> regions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile List<Helper> helpers = List.of();
    private volatile int count;

    private KernelThreads(int count) {
        this.count = count;
    }

    /** The process's pool. */
    public static KernelThreads shared() {
        return SHARED;
    }

    /** How many threads work on one network at most, the caller among them. */
    public int count() {
        return count;
    }

    /**
     * Changes the number of threads from the next call on; not while kernels run. Results differ in rounding between numbers of threads.
     *
     * @throws InvalidInputException if not positive
     */
    public synchronized void setCount(int threads) {
        count = checked(threads);
        List<Helper> outdated = helpers;
        helpers = List.of();
        outdated.forEach(Helper::retire);
    }

    /**
     * Runs {@code body} once for each share 0 ... shares - 1 and returns when all are done; a share's exception is thrown
     * here. Sets the calling thread's {@link OpenMpThreads} to one.
     */
    public void run(int shares, IntConsumer body) {
        OpenMpThreads.use(1);
        if (shares <= 1 || count == 1) {
            for (int share = 0; share < shares; share++) {
                body.accept(share);
            }
            return;
        }
        Region region = new Region(shares, body);
        regions.add(region);
        published.incrementAndGet();
        running.incrementAndGet();
        try {
            helpers().forEach(Helper::wake);
            region.work();
        } finally {
            running.decrementAndGet();
            regions.remove(region);
        }
        region.await();
    }

    private List<Helper> helpers() {
        List<Helper> current = helpers;
        return current.size() == count - 1 ? current : startHelpers();
    }

    private synchronized List<Helper> startHelpers() {
        if (helpers.size() != count - 1) {
            List<Helper> started = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                Helper helper = new Helper(i);
                helper.start();
                started.add(helper);
            }
            helpers = List.copyOf(started);
        }
        return helpers;
    }

    private static int countFromProperty() {
        String value = System.getProperty(PROPERTY);
        if (value == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        try {
            return checked(Integer.parseInt(value.trim()));
        } catch (NumberFormatException notANumber) {
            throw new InvalidInputException(
                    "The system property " + PROPERTY + " must be a number of threads, but was '" + value + "'");
        }
    }

    private static int checked(int threads) {
        if (threads < 1) {
            throw new InvalidInputException("The number of threads must be positive, but was " + threads);
        }
        return threads;
    }

    /** Looks for regions; when there is none it spins a little, then yields to whoever wants the core, then parks. */
    private final class Helper extends Thread {
        private volatile boolean parked;
        private volatile boolean retired;

        Helper(int index) {
            super("kernels-" + index);
            setDaemon(true);
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        void retire() {
            retired = true;
            LockSupport.unpark(this);
        }

        @Override
        public void run() {
            OpenMpThreads.use(1);
            while (!retired) {
                int seen = published.get();
                if (!help()) {
                    idle(seen);
                }
            }
        }

        private boolean help() {
            for (Region region : regions) {
                if (region.hasUnclaimed() && enter()) {
                    try {
                        region.work();
                    } finally {
                        running.decrementAndGet();
                    }
                    return true;
                }
            }
            return false;
        }

        private boolean enter() {
            if (running.incrementAndGet() <= count) {
                return true;
            }
            running.decrementAndGet();
            return false;
        }

        @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy here, nothing relies on it
        private void idle(int seen) {
            long start = System.nanoTime();
            for (long waited = 0; published.get() == seen && waited < YIELD_NANOS; ) {
                if (waited < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
                waited = System.nanoTime() - start;
            }
            parked = true;
            while (published.get() == seen && !retired) {
                LockSupport.park(this);
            }
            parked = false;
        }
    }
}
