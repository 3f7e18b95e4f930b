package org.efficientnet4j.core.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream that has given nothing for too long, so that a read from it ends: reads have no limit of their own. */
final class IdleGuard implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download-idle-guard");
        thread.setDaemon(true);
        return thread;
    });
    private final long limitNanos;
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean expired;

    IdleGuard(Closeable stream, Duration limit) {
        this.limitNanos = limit.toNanos();
        long period = Math.max(1, limit.toMillis() / 4);
        var unused = clock.scheduleAtFixedRate(() -> check(stream), period, period, TimeUnit.MILLISECONDS);
    }

    /** Something came. */
    void progressed() {
        lastProgress = System.nanoTime();
    }

    /** Returns whether the stream was closed. */
    boolean expired() {
        return expired;
    }

    private void check(Closeable stream) {
        if (!expired && System.nanoTime() - lastProgress > limitNanos) {
            expired = true;
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
