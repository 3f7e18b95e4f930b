package org.efficientnet4j.ui;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.model.stats.J7StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.efficientnet4j.core.InvalidInputException;

/**
 * DL4J's training pages for one run, at {@link #address}, for programs on this machine alone. They show what the run's
 * {@link #listener} reported since it was attached, which lies in memory and is gone once this is closed.
 */
public final class TrainingUi implements AutoCloseable {
    /** The pages' charts show no more points. */
    private static final int MOST_REPORTS = 500;

    /** The pages ask for a session by a part of an address. */
    private static final String UNFIT_FOR_ADDRESSES = "[^A-Za-z0-9._-]";

    private static final int LARGEST_PORT = 65_535;

    private final Vertx vertx;
    private final int port;
    private final StatsStorage storage;
    private final String session;

    private TrainingUi(Vertx vertx, int port, StatsStorage storage, String session) {
        this.vertx = vertx;
        this.port = port;
        this.storage = storage;
        this.session = session;
    }

    /**
     * Serves the pages from now on.
     *
     * @param port 0 for a free one
     * @param session the run's name on the pages, where only letters, digits, dots, dashes and underscores are kept
     * @throws InvalidInputException if the port is taken, or is none
     */
    public static TrainingUi start(int port, String session) {
        if (port < 0 || port > LARGEST_PORT) {
            throw new InvalidInputException(
                    "--ui-port must be a port from 0 (any free one) to " + LARGEST_PORT + ", found " + port);
        }
        Vertx vertx = Vertx.vertx();
        StatsStorage storage = new InMemoryStatsStorage();
        LoopbackPages pages = new LoopbackPages(port, storage);
        AtomicReference<AsyncResult<String>> deployed = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        vertx.deployVerticle(pages, result -> {
            deployed.set(result);
            done.countDown();
        });
        await(done);
        if (deployed.get().failed()) {
            close(vertx);
            throw refused(port, deployed.get().cause());
        }
        return new TrainingUi(vertx, pages.getPort(), storage, session.replaceAll(UNFIT_FOR_ADDRESSES, "-"));
    }

    private static RuntimeException refused(int port, Throwable cause) {
        if (cause instanceof BindException) {
            return new InvalidInputException(
                    "Cannot serve the training's pages at port " + port + " (" + cause.getMessage()
                            + "): name another port, or 0 for a free one",
                    cause);
        }
        return new IllegalStateException("The training's pages could not be served: " + cause, cause);
    }

    /** The pages' address. */
    public String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /**
     * A listener to watch a network by: it only reads the network, so that a watched training ends with the same weights.
     *
     * @param steps how many the run has; a long run is reported every so often that 500 reports are kept at most
     * @param interval steps from one report to the next, at least
     */
    public TrainingListener listener(long steps, int interval) {
        long sparse = Math.max(interval, (steps + MOST_REPORTS - 1) / MOST_REPORTS);
        return new J7StatsListener(storage, null, reported(Math.toIntExact(sparse)), session, "training");
    }

    /** The statistics that the pages show, and no more: each statistic is a pass over parameters, gradients or activations. */
    private static StatsUpdateConfiguration reported(int interval) {
        return new DefaultStatsUpdateConfiguration.Builder()
                .reportingFrequency(interval)
                .collectHistogramsParameters(true)
                .collectHistogramsUpdates(true)
                .collectHistogramsGradients(false)
                .collectHistogramsActivations(false)
                .collectMeanParameters(false)
                .collectMeanGradients(false)
                .collectMeanUpdates(false)
                .collectMeanActivations(true)
                .collectStdevParameters(false)
                .collectStdevGradients(true)
                .collectStdevUpdates(true)
                .collectStdevActivations(true)
                .collectMeanMagnitudesParameters(true)
                .collectMeanMagnitudesGradients(false)
                .collectMeanMagnitudesUpdates(true)
                .collectMeanMagnitudesActivations(false)
                .build();
    }

    /** Ends the pages; their address answers no more. */
    @Override
    public void close() {
        close(vertx);
    }

    private static void close(Vertx vertx) {
        CountDownLatch closed = new CountDownLatch(1);
        vertx.close(result -> closed.countDown());
        await(closed);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the training's pages started or ended", e);
        }
    }
}
