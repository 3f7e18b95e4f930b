package org.efficientnet4j.search.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.StudyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the claims of this process while it runs trials, so that other machines leave them to it. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    /** A twentieth of the lease. */
    private static final long PERIOD_SECONDS = 30;

    private final Study study;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::beat, "study-heartbeat");

    Heartbeat(Study study) {
        this.study = study;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void beat() {
        try {
            while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                renew();
            }
        } catch (InterruptedException e) { // as good as closed
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            study.heartbeat();
        } catch (StudyException e) { // the next one may succeed within the lease
            LOG.warn("The claims could not be renewed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
