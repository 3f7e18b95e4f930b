package org.efficientnet4j.data.pipeline;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.efficientnet4j.data.ImageSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Epochs as a DL4J iterator, one a pass. Close it if it may be left before its end; an unreachable one closes itself in time. It
 * prefetches by itself, so DL4J's asynchronous wrapper is refused. {@link #reset} runs the same epoch again, or the next one
 * where the iterator is {@link ImagePipeline#iterator}'s; before the first batch it changes nothing.
 *
 * <p>Not serializable, although DL4J's interface is; not for several threads.
 */
public final class EpochIterator implements DataSetIterator, AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Cleaner CLEANER = Cleaner.create();

    private final transient Supplier<EpochRun> starter;
    private final transient PipelineOptions options;
    private final transient ImageSource source;
    private final transient SpareBatches spare;
    private final transient Current current = new Current();
    private transient Optional<DataSet> upcoming;
    private transient boolean fetched;
    /** A batch of the pass was handed out, or the pass is over. */
    private transient boolean begun;

    private transient DataSetPreProcessor preProcessor;

    /** The running pass, apart from the iterator so that the cleaner's action does not hold the iterator. */
    private static final class Current implements Runnable {
        private EpochRun run;

        synchronized void replace(EpochRun next) {
            run();
            run = next;
        }

        synchronized EpochRun get() {
            return run;
        }

        @Override
        public synchronized void run() {
            if (run != null) {
                run.close();
                run = null;
            }
        }
    }

    EpochIterator(Supplier<EpochRun> starter, PipelineOptions options, ImageSource source, SpareBatches spare) {
        this.starter = starter;
        this.options = options;
        this.source = source;
        this.spare = spare;
        this.upcoming = Optional.empty();
        current.replace(starter.get());
        CLEANER.register(this, current);
    }

    @Override
    public boolean hasNext() {
        if (!fetched) {
            fetched = true;
            upcoming = Optional.empty();
            try {
                EpochRun run = current.get();
                upcoming = run == null ? Optional.empty() : run.next();
            } finally {
                if (upcoming.isEmpty()) {
                    begun = true;
                    current.run();
                }
            }
        }
        return upcoming.isPresent();
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch has no more batches");
        }
        DataSet batch = upcoming.orElseThrow();
        upcoming = Optional.empty();
        fetched = false;
        begun = true;
        if (preProcessor != null) {
            preProcessor.preProcess(batch);
        }
        return batch;
    }

    /**
     * Lets a batch's memory hold a later one, so that the system need not hand out fresh pages. Nothing may read the batch
     * afterwards, nor be given it back twice; who keeps batches leaves this out.
     *
     * @param batch one that {@link #next} gave, as it was
     */
    public void giveBack(DataSet batch) {
        spare.giveBack(batch);
    }

    /** Stops the threads; the iterator then has no more batches unless it is reset. */
    @Override
    public void close() {
        current.run();
        upcoming = Optional.empty();
        fetched = true;
        begun = true;
    }

    @Override
    public void reset() {
        if (!begun) {
            return;
        }
        current.replace(starter.get());
        upcoming = Optional.empty();
        fetched = false;
        begun = false;
    }

    @Override
    public DataSet next(int images) {
        throw new UnsupportedOperationException(
                "the batch size is fixed at " + options.batch() + "; build a pipeline with another one");
    }

    @Override
    public int inputColumns() {
        return options.target().size() * options.target().size() * options.channels();
    }

    @Override
    public int totalOutcomes() {
        return source.labels().size();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public int batch() {
        return options.batch();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor newPreProcessor) {
        preProcessor = newPreProcessor;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    @Override
    public List<String> getLabels() {
        return source.labels();
    }
}
