package org.efficientnet4j.cli.commands;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end work orderly: asks it to stop and gives it time to save before the JVM goes down. */
public final class InterruptGuard {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private InterruptGuard(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "interrupt-guard");
    }

    /**
     * Guards from now on.
     *
     * @param stop asks the work to end; called from another thread
     */
    public static InterruptGuard install(Runnable stop) {
        InterruptGuard guard = new InterruptGuard(stop);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            // Past this the JVM goes down all the same: the last checkpoint on disk is whole.
            boolean saved = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!saved) {
                System.err.println("The running step did not end in " + PATIENCE_SECONDS + " s; its work is lost.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is done. */
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook runs and has just been told.
            return;
        }
    }
}
