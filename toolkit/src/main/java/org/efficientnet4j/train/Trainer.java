package org.efficientnet4j.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.train.Checkpoints.Checkpoint;
import org.efficientnet4j.train.TrainingResult.Outcome;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network: stages of epochs of steps, a validation and a checkpoint between epochs, everything written to a run
 * directory. A run that has a checkpoint goes on from it, so that resuming is the same call as starting.
 *
 * <p>The same options on the same number of threads give the same weights, resumed or not: every step seeds its own random
 * numbers. A trainer is used once, on one thread; only {@link #requestStop} may be called from another.
 */
public final class Trainer {
    private final TrainingRun run;
    private final TrainingOptions options;
    private final List<TrainingStage> stages;
    private final int epochs;
    private final long steps;
    private final Provenances provenances;
    private final Checkpoints checkpoints;
    private final MetricsWriter metrics;
    private final RunLog log;
    private final ProgressMeter meter = new ProgressMeter();
    private final StepScoreListener scores = new StepScoreListener();
    private final AtomicBoolean stopRequested = new AtomicBoolean();

    private ProgressListener progress = ProgressListener.NONE;
    private ComputationGraph graph;
    private LearningRateSchedule schedule;
    private TrainingPosition position;
    private EarlyStopping stopping;

    /**
     * A trainer for a new run or one to go on with.
     *
     * @param run where to write; its options say how to train
     * @param network one input {@code [N, C, H, W]}, one softmax output {@code [N, classes]}, initialised; its optimiser
     *     is replaced by the options', its weights are where training starts and are changed in place
     * @param stages the parts of the run in order
     * @param metadata what the model files will say about the network
     * @param data the data in one line, for the model files
     * @throws IllegalArgumentException unless the stages' epochs sum up to the options'
     */
    public Trainer(
            TrainingRun run,
            ComputationGraph network,
            List<TrainingStage> stages,
            ModelMetadata metadata,
            String data) {
        this.run = run;
        this.options = run.options();
        this.graph = network;
        this.stages = List.copyOf(stages);
        this.epochs = TrainingStage.epochs(stages);
        this.steps = TrainingStage.steps(stages);
        this.provenances = new Provenances(metadata, data, options);
        this.checkpoints = new Checkpoints(run);
        this.metrics = new MetricsWriter(run.metricsFile());
        this.log = new RunLog(run.logFile());
        if (epochs != options.epochs()) {
            throw new IllegalArgumentException(
                    "The stages' epochs must sum up to the options' " + options.epochs() + ", found " + epochs);
        }
    }

    /** Names who is told how the run goes. */
    public Trainer listener(ProgressListener listener) {
        progress = listener;
        return this;
    }

    /** Asks for an end after the running step, with a checkpoint; callable from any thread, also from a signal's. */
    public void requestStop() {
        stopRequested.set(true);
    }

    /**
     * Trains to the end, or until a stop is requested.
     *
     * @throws TrainingFailedException if the loss is no longer a finite number
     * @throws InvalidInputException if the run directory cannot be written, or no image can be read
     */
    public TrainingResult train() {
        begin();
        Outcome outcome = runStages();
        if (outcome != Outcome.INTERRUPTED) {
            checkpoints.publishBest();
        }
        TrainingResult result = new TrainingResult(
                outcome,
                position.epoch(),
                stopping.best(),
                position.seconds() + position.sums().seconds(),
                run.directory());
        log.line("Ended: " + result);
        progress.finished(result);
        return result;
    }

    private void begin() {
        Optional<Checkpoint> last = checkpoints.last();
        position = last.map(Checkpoint::position).orElseGet(() -> TrainingPosition.start(options.seed()));
        schedule = TrainableGraph.schedule(options.optimizer(), epochs, steps);
        graph = last.map(Checkpoint::graph).orElseGet(() -> TrainableGraph.of(graph, options.optimizer(), schedule));
        graph.setListeners(scores);
        stopping = new EarlyStopping(options.validation().patience(), position.best(), position.validationsSinceBest());
        metrics.keepEpochs(position.epoch());
        log.line((last.isPresent() ? "Resumed" : "Started") + " at epoch " + (position.epoch() + 1) + " of " + epochs
                + ", step " + position.step() + " of " + steps + "; " + provenances.environment());
    }

    private Outcome runStages() {
        int firstEpoch = 0;
        for (TrainingStage stage : stages) {
            int end = firstEpoch + stage.epochs();
            while (position.epoch() < end) {
                if (stopping.shouldStop()) {
                    return Outcome.STOPPED_EARLY;
                }
                if (!runSteps(stage)) {
                    return Outcome.INTERRUPTED;
                }
                endEpoch(stage);
            }
            firstEpoch = end;
        }
        return Outcome.COMPLETED;
    }

    /** Runs what is left of the epoch; false if a stop was requested. */
    private boolean runSteps(TrainingStage stage) {
        progress.epochStarted(position.epoch() + 1, epochs, stage.training().batches());
        try (EpochBatches batches = new EpochBatches(stage.training().epoch(position.epoch()))) {
            batches.skip(position.stepInEpoch());
            while (batches.hasNext()) {
                if (stopRequested.get()) {
                    saveInterrupted();
                    return false;
                }
                long start = System.nanoTime();
                step(batches.next(), stage, start);
            }
        }
        if (position.sums().examples() == 0) {
            throw new InvalidInputException("No training image could be read in epoch " + (position.epoch() + 1)
                    + ": check the data, or run with --strict to see the first failure");
        }
        return true;
    }

    private void step(DataSet batch, TrainingStage stage, long start) {
        Nd4j.getRandom().setSeed(position.stepSeed());
        scores.expect(batch.getLabels());
        graph.fit(new DataSet(
                batch.getFeatures(),
                LabelSmoothing.smooth(
                        batch.getLabels(), options.regularization().labelSmoothing())));
        StepScore score = scores.score();
        requireFinite(score);
        double seconds = secondsSince(start);
        meter.stepTook(score.examples(), seconds);
        position = position.afterStep(score, seconds);
        progress.stepDone(progressAfter(score, stage));
    }

    private StepProgress progressAfter(StepScore score, TrainingStage stage) {
        int every = options.validation().every();
        Duration remaining = meter.remaining(
                (steps - position.step()) * score.examples(),
                (epochs - position.epoch() + every - 1L) / every,
                stage.validation().examples());
        return new StepProgress(
                position.epoch() + 1,
                epochs,
                position.stepInEpoch(),
                stage.training().batches(),
                position.step(),
                position.sums().loss(),
                position.sums().accuracy(),
                learningRate(),
                meter.imagesPerSecond(),
                remaining);
    }

    private void endEpoch(TrainingStage stage) {
        long start = System.nanoTime();
        EpochSums sums = position.sums();
        int epoch = position.epoch() + 1;
        Optional<EvaluationResult> validation = validate(stage, epoch);
        boolean best = validation.isPresent() && stopping.isBest(epoch, validation.get());
        double seconds = sums.seconds() + secondsSince(start);
        EpochMetrics figures = new EpochMetrics(
                epoch,
                position.step(),
                sums.loss(),
                sums.accuracy(),
                validation,
                learningRate(),
                sums.imagesPerSecond(),
                seconds);
        position = position.afterEpoch(stopping, seconds);
        graph.incrementEpochCount();
        save(figures, best);
        log.line(summary(figures, best));
        progress.epochDone(figures, best);
    }

    // The last checkpoint comes last: a crash in between repeats the epoch, whose row and best state come out the same.
    private void save(EpochMetrics figures, boolean best) {
        if (best) {
            requireSound();
            checkpoints.saveBest(graph, provenances.metadata(stopping.best(), position.seconds()));
        }
        metrics.append(figures);
        boolean due = figures.epoch() % options.checkpointEvery() == 0;
        if (due || figures.epoch() == epochs || stopping.shouldStop()) {
            saveLast();
        }
    }

    private void saveInterrupted() {
        saveLast();
        log.line("Interrupted in epoch " + (position.epoch() + 1) + " after step " + position.step()
                + "; --resume goes on from there");
    }

    private void saveLast() {
        requireSound();
        checkpoints.saveLast(graph, position, provenances.metadata(stopping.best(), position.seconds()));
    }

    private Optional<EvaluationResult> validate(TrainingStage stage, int epoch) {
        if (epoch % options.validation().every() != 0 && epoch != epochs) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try (EpochBatches batches = new EpochBatches(stage.validation().epoch(0))) {
            EvaluationResult result = new Evaluator(graph, provenances.labels())
                    .evaluate(
                            batches.iterator(),
                            done -> progress.validationProgressed(
                                    done, stage.validation().examples()));
            if (!Double.isFinite(result.loss())) {
                throw diverged("validation loss", result.loss());
            }
            meter.validationTook(secondsSince(start));
            return Optional.of(result);
        }
    }

    private void requireFinite(StepScore score) {
        if (!Double.isFinite(score.loss()) || !Double.isFinite(graph.score())) {
            throw diverged("loss", Double.isFinite(score.loss()) ? graph.score() : score.loss());
        }
    }

    private void requireSound() {
        if (!Checkpoints.isSound(graph)) {
            throw diverged("weights", Double.NaN);
        }
    }

    private TrainingFailedException diverged(String what, double value) {
        String lastGood = checkpoints.exists()
                ? "The last good checkpoint is " + run.lastCheckpoint()
                : "There is no checkpoint yet";
        String message = "The " + what + " became " + value + " at step " + position.step() + " of epoch "
                + (position.epoch() + 1) + ", at a learning rate of " + learningRate() + ". " + lastGood
                + ". Start again with a lower learning rate or a longer warm-up";
        log.line(message);
        return new TrainingFailedException(message);
    }

    /** Of the step done last, or of the first one before any. */
    private double learningRate() {
        return schedule.valueAt(Math.toIntExact(Math.max(0, position.step() - 1)), position.epoch());
    }

    private static String summary(EpochMetrics m, boolean best) {
        String validation = m.validation()
                .map(v -> String.format(
                        Locale.ROOT, ", validation loss %.4f, top-1 %.4f, top-5 %.4f", v.loss(), v.top1(), v.top5()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "Epoch %d: loss %.4f, accuracy %.4f%s%s; %.1f images/s, %.0f s",
                m.epoch(),
                m.trainLoss(),
                m.trainAccuracy(),
                validation,
                best ? " (best so far)" : "",
                m.imagesPerSecond(),
                m.seconds());
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
