package org.efficientnet4j.data.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.global.opencv_core;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.ImagePreparation.Outcome;
import org.efficientnet4j.data.pipeline.ImagePreparation.Ready;
import org.efficientnet4j.data.pipeline.ImagePreparation.Unreadable;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The threads of one pass: workers prepare images, one assembler takes their results in the epoch's order and queues
 * batches. The pass holds no reference to its iterator, so that an abandoned iterator can be collected and the pass ended.
 */
final class EpochRun implements AutoCloseable {
    /** Images in preparation for each worker: enough that none waits while the assembler makes a batch. */
    private static final int LOOKAHEAD_PER_WORKER = 16;

    /** Message of the assembler: a batch, the end, or the error that ended the pass. */
    private sealed interface Delivery permits Batch, End, Failure {}

    private record Batch(DataSet data) implements Delivery {}

    private record End() implements Delivery {}

    private record Failure(Throwable error) implements Delivery {}

    private final PipelineOptions options;
    private final ImagePreparation preparation;
    private final BatchAssembler assembler;
    private final List<EpochOrder.Visit> order;
    private final SkippedImages skipped;
    private final BlockingQueue<Delivery> deliveries;
    private final ExecutorService workers;
    private final Thread assembling;
    /** Ended the assembler and could not be delivered. */
    private volatile Throwable undelivered;

    private EpochRun(
            ImageSource source, PipelineOptions options, int epoch, SkippedImages skipped, SpareBatches spare) {
        this.options = options;
        this.preparation = new ImagePreparation(source, options, epoch);
        this.assembler = new BatchAssembler(options, spare, source.labels().size(), epoch);
        this.order = EpochOrder.of(source, options, epoch);
        this.skipped = skipped;
        this.deliveries = new ArrayBlockingQueue<>(options.prefetch());
        this.workers = Executors.newFixedThreadPool(options.workers(), daemons("image-worker"));
        this.assembling = daemons("batch-assembler").newThread(this::run);
    }

    static EpochRun start(
            ImageSource source, PipelineOptions options, int epoch, SkippedImages skipped, SpareBatches spare) {
        // The workers are the parallelism; OpenCV's own threads would only compete with them. Process-wide.
        opencv_core.setNumThreads(1);
        EpochRun run = new EpochRun(source, options, epoch, skipped, spare);
        run.assembling.start();
        return run;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Waits for the next batch; empty at the end of the pass. */
    Optional<DataSet> next() {
        try {
            Delivery delivery = take();
            if (delivery instanceof Batch batch) {
                return Optional.of(batch.data());
            }
            close();
            if (delivery instanceof Failure failure) {
                throw rethrown(failure.error());
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch of images", e);
        }
    }

    /** Memory may end so that not even the error can be delivered: a dead assembler is no reason to wait for ever. */
    private Delivery take() throws InterruptedException {
        while (true) {
            boolean over = !assembling.isAlive();
            Delivery delivery = deliveries.poll(1, TimeUnit.SECONDS);
            if (delivery != null) {
                return delivery;
            }
            if (over) {
                return new Failure(
                        new IllegalStateException("the thread that makes batches ended before its epoch", undelivered));
            }
        }
    }

    /** A failed thread's exception to throw here; Errors, such as the end of memory, are thrown as they are. */
    private static RuntimeException rethrown(Throwable error) {
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return error instanceof RuntimeException known ? known : new IllegalStateException(error);
    }

    /** Stops the threads; does not wait for an image being decoded. */
    @Override
    public void close() {
        assembling.interrupt();
        workers.shutdownNow();
    }

    private void run() {
        try {
            deliveries.put(assembleAll());
        } catch (InterruptedException e) {
            // Closed: nobody waits for the rest.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            undelivered = e;
        } finally {
            workers.shutdownNow();
        }
    }

    private Delivery assembleAll() throws InterruptedException {
        Deque<Future<Outcome>> ahead = new ArrayDeque<>();
        List<Ready> batch = new ArrayList<>(options.batch());
        int submitted = 0;
        int batches = 0;
        int readable = 0;
        try {
            for (int taken = 0; taken < order.size(); taken++) {
                while (submitted < order.size() && ahead.size() < options.workers() * LOOKAHEAD_PER_WORKER) {
                    EpochOrder.Visit visit = order.get(submitted++);
                    ahead.add(workers.submit(() -> preparation.prepare(visit)));
                }
                Outcome outcome = ahead.remove().get();
                if (Thread.interrupted()) {
                    // Closing interrupts the workers too; what they could not read then is not damaged.
                    throw new InterruptedException("closed");
                }
                if (outcome instanceof Ready image) {
                    readable++;
                    batch.add(image);
                } else if (outcome instanceof Unreadable unreadable) {
                    skip(unreadable);
                }
                boolean last = taken == order.size() - 1;
                if (batch.size() == options.batch() || (last && !batch.isEmpty() && !options.dropLast())) {
                    deliveries.put(new Batch(assembler.assemble(batch, batches++)));
                    batch.clear();
                }
            }
            return readable > 0 ? new End() : new Failure(nothingReadable());
        } catch (ExecutionException e) {
            return new Failure(
                    e.getCause() instanceof Error
                            ? e.getCause()
                            : new IllegalStateException("preparing an image failed: " + e.getCause(), e.getCause()));
        } catch (RuntimeException | Error e) { // an error left to the thread would leave the reader waiting
            return new Failure(e);
        }
    }

    private void skip(Unreadable unreadable) {
        if (options.strict()) {
            throw new InvalidInputException(
                    unreadable.cause().getMessage()
                            + ". Mend or remove it, or run without strict mode to skip such images.",
                    unreadable.cause());
        }
        skipped.add(unreadable.image());
    }

    private InvalidInputException nothingReadable() {
        SkippedImage first = skipped.all().iterator().next();
        return new InvalidInputException("none of the %d images could be read; the first is %s: %s"
                .formatted(order.size(), first.id(), first.reason()));
    }
}
