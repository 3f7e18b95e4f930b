package org.efficientnet4j.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.model.ConfigurationClasses;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.phase.EpochBatches;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.run.Checkpoints;
import org.efficientnet4j.train.run.Checkpoints.Checkpoint;
import org.efficientnet4j.train.run.EarlyStopping;
import org.efficientnet4j.train.run.EpochSums;
import org.efficientnet4j.train.run.Provenances;
import org.efficientnet4j.train.run.RunLock;
import org.efficientnet4j.train.run.RunRecord;
import org.efficientnet4j.train.run.StepScore;
import org.efficientnet4j.train.run.TrainingPosition;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.train.step.JudgedWeights;
import org.efficientnet4j.train.step.Learner;
import org.efficientnet4j.train.step.Recalibration;
import org.efficientnet4j.weights.SoundWeights;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains a network: phases of epochs of steps, a validation and a checkpoint between epochs, everything written to a run
 * directory. A run that has a checkpoint goes on from it, so that resuming is the same call as starting.
 *
 * <p>The same options on the same number of threads give the same weights, resumed or not: every step seeds its own random
 * numbers. A trainer is used once, on one thread; only {@link #requestStop} may be called from another.
 */
public final class Trainer {
    private final TrainingRun run;
    private final TrainingOptions options;
    private final ModelMetadata model;
    private final List<TrainingPhase> phases;
    private final int epochs;
    private final long steps;
    private final Provenances provenances;
    private final Checkpoints checkpoints;
    private final RunRecord record;
    private final ProgressMeter meter = new ProgressMeter();
    private final AtomicBoolean stopRequested = new AtomicBoolean();

    private LongSupplier clock = System::nanoTime;
    private ProgressListener progress = ProgressListener.NONE;
    private final List<TrainingListener> watchers = new ArrayList<>();
    private ComputationGraph network;
    private Learner learner;
    private TrainingPosition position;
    private EarlyStopping stopping;
    private RunLock lock;

    /**
     * A trainer for a new run or one to go on with.
     *
     * @param run where to write; its options say how to train
     * @param network one input {@code [N, C, H, W]}, one softmax output {@code [N, classes]}, initialised; its optimiser
     *     is replaced by the options', its weights are where training starts and are changed in place
     * @param phases the parts of the run in order
     * @param metadata what the model files will say about the network
     * @param data the data in one line, for the model files
     * @param start where the first weights come from, in one line, for the model files
     * @throws IllegalArgumentException unless the phases' epochs sum up to the options'
     */
    public Trainer(
            TrainingRun run,
            ComputationGraph network,
            List<TrainingPhase> phases,
            ModelMetadata metadata,
            String data,
            String start) {
        this.run = run;
        this.options = run.options();
        this.network = network;
        this.model = metadata;
        this.phases = List.copyOf(phases);
        this.epochs = TrainingPhase.epochs(phases);
        this.steps = TrainingPhase.steps(phases, options.get(OptimizerOptions.ACCUMULATE));
        this.provenances = new Provenances(metadata, data, start, options);
        this.checkpoints = new Checkpoints(run);
        this.record = new RunRecord(run);
        if (epochs != options.get(RunOptions.EPOCHS)) {
            throw new IllegalArgumentException("The phases' epochs must sum up to the options' "
                    + options.get(RunOptions.EPOCHS) + ", found " + epochs);
        }
    }

    /** Names who is told how the run goes. */
    public Trainer listener(ProgressListener listener) {
        progress = listener;
        return this;
    }

    /**
     * Adds a DL4J listener of the network that learns; of a partly frozen one, of the part that learns.
     *
     * @param watcher hears forward passes, gradients and steps as from DL4J's own {@code fit}, on the training thread; to
     *     only read the network, or resumed runs end with other weights
     */
    public Trainer watchedBy(TrainingListener watcher) {
        watchers.add(watcher);
        return this;
    }

    /** Names a clock other than the machine's monotonic one: nanoseconds that never go back. */
    Trainer clock(LongSupplier nanos) {
        clock = nanos;
        return this;
    }

    /** How many steps the run has. */
    public long steps() {
        return steps;
    }

    /** Asks for an end after the running step, with a checkpoint; callable from any thread, also from a signal's. */
    public void requestStop() {
        stopRequested.set(true);
    }

    /**
     * Trains to the end, or until a stop is requested.
     *
     * @throws TrainingFailedException if the loss is no longer a finite number
     * @throws InvalidInputException if the run directory cannot be written, is written by another process or was deleted,
     *     or no image can be read
     */
    public TrainingResult train() {
        try (RunLock held = RunLock.acquire(run.lockFile())) {
            lock = held;
            return trainAlone();
        }
    }

    private TrainingResult trainAlone() {
        begin();
        Outcome outcome = runPhases();
        lock.requireHeld();
        if (outcome != Outcome.INTERRUPTED) {
            checkpoints.publishBest();
        }
        TrainingResult result = new TrainingResult(
                outcome,
                position.epoch(),
                stopping.best(),
                position.seconds() + position.sums().seconds(),
                run.directory());
        record.ended(result);
        progress.finished(result);
        return result;
    }

    private void begin() {
        run.describe(model.model());
        Optional<Checkpoint> last = checkpoints.exists() ? lastCheckpoint() : Optional.empty();
        position = last.map(Checkpoint::position).orElseGet(() -> TrainingPosition.start(options.get(RunOptions.SEED)));
        ISchedule rates = LearningRateSchedule.of(options, phases);
        learner = last.map(checkpoint -> Learner.resumed(checkpoint, model, options, phases, rates, watchers))
                .orElseGet(() -> Learner.started(network, model, options, phases, rates, watchers));
        stopping = new EarlyStopping(
                options.get(ValidationOptions.PATIENCE),
                options.get(ValidationOptions.KEEP),
                position.best(),
                position.validationsSinceBest());
        record.begun(position, epochs, steps, provenances.environment());
    }

    private Optional<Checkpoint> lastCheckpoint() {
        // The caller's network may have layers of its own, which the checkpoint then has, too.
        ConfigurationClasses classes = ConfigurationClasses.standard().withThoseOf(network.getConfiguration());
        return checkpoints.last(classes, warning -> {
            record.line(warning);
            progress.warned(warning);
        });
    }

    private Outcome runPhases() {
        int firstEpoch = 0;
        for (TrainingPhase phase : phases) {
            int end = firstEpoch + phase.epochs();
            if (position.epoch() < end) {
                learner.enter(phase);
                record.entered(phase, phases.indexOf(phase) + 1, phases.size());
            }
            while (position.epoch() < end) {
                if (stopping.shouldStop()) {
                    return Outcome.STOPPED_EARLY;
                }
                if (!runSteps(phase)) {
                    return Outcome.INTERRUPTED;
                }
                endEpoch(phase);
            }
            firstEpoch = end;
        }
        return Outcome.COMPLETED;
    }

    /** Runs what is left of the epoch; false if a stop was requested. */
    private boolean runSteps(TrainingPhase phase) {
        int accumulate = options.get(OptimizerOptions.ACCUMULATE);
        progress.epochStarted(position.epoch() + 1, epochs, phase.stepsInEpoch(accumulate));
        try (EpochBatches batches = new EpochBatches(phase.training().epoch(position.epoch()), clock)) {
            batches.skip(position.stepInEpoch() * accumulate);
            long start = clock.getAsLong();
            while (batches.hasNext()) {
                if (stopRequested.get()) {
                    saveLast();
                    record.interrupted(position);
                    return false;
                }
                List<DataSet> step = batches.next(accumulate);
                StepScore score = learner.learn(step, position, loss -> diverged("loss", loss));
                batches.giveBack(step);
                stepDone(score, phase, secondsSince(start), batches.waitedSeconds());
                start = clock.getAsLong();
            }
        }
        if (position.sums().examples() == 0) {
            throw new InvalidInputException("No training image could be read in epoch " + (position.epoch() + 1)
                    + ": check the data, or run with --strict to see the first failure");
        }
        return true;
    }

    private void stepDone(StepScore score, TrainingPhase phase, double seconds, double waited) {
        meter.stepTook(score.examples(), seconds);
        position = position.afterStep(score, seconds, waited);
        progress.stepDone(progressAfter(score, phase));
    }

    private StepProgress progressAfter(StepScore score, TrainingPhase phase) {
        Duration remaining = meter.remaining(
                (steps - position.step()) * score.examples(),
                ValidationOptions.from(options, position.epoch(), epochs),
                phase.validation().examples());
        return new StepProgress(
                position.epoch() + 1,
                epochs,
                position.stepInEpoch(),
                phase.stepsInEpoch(options.get(OptimizerOptions.ACCUMULATE)),
                position.step(),
                position.sums().loss(),
                position.sums().accuracy(),
                learner.learningRate(position),
                meter.imagesPerSecond(),
                remaining);
    }

    private void endEpoch(TrainingPhase phase) {
        long start = clock.getAsLong();
        lock.requireHeld();
        int epoch = position.epoch() + 1;
        boolean best = false;
        Optional<EvaluationResult> validation = Optional.empty();
        if (ValidationOptions.isDue(options, epoch, epochs)) {
            Optional<Recalibration> recalibration =
                    Recalibration.of(phase, position.epoch(), options.get(ValidationOptions.RECALIBRATE));
            try (JudgedWeights judged = learner.judged(recalibration)) {
                validation = Optional.of(validate(judged.network(), phase));
                best = stopping.isBest(epoch, validation.get());
                if (best) {
                    requireSound();
                    checkpoints.saveBest(judged.network(), provenances.metadata(stopping.best(), position.seconds()));
                }
            }
        }
        EpochSums sums = position.sums();
        double seconds = sums.seconds() + secondsSince(start);
        EpochMetrics figures = new EpochMetrics(
                epoch,
                position.step(),
                sums.loss(),
                sums.accuracy(),
                validation,
                learner.learningRate(position),
                sums.imagesPerSecond(),
                seconds,
                sums.dataWait(),
                phase.settings());
        position = position.afterEpoch(stopping, seconds);
        Optional<String> thawed = learner.enterEpoch(epoch);
        // The last checkpoint comes last: a crash in between repeats the epoch, whose row and best state come out the
        // same.
        lock.requireHeld();
        record.epoch(figures, best);
        if (epoch % options.get(RunOptions.CHECKPOINT_EVERY) == 0 || epoch == epochs || stopping.shouldStop()) {
            saveLast();
        }
        progress.epochDone(figures, best);
        thawed.filter(what -> epoch < epochs)
                .ifPresent(what -> record.line("From epoch " + (epoch + 1) + " on: " + what));
    }

    private EvaluationResult validate(ComputationGraph judged, TrainingPhase phase) {
        long start = clock.getAsLong();
        try (EpochBatches batches = new EpochBatches(phase.validation().epoch(0))) {
            EvaluationResult result = new Evaluator(judged, provenances.labels())
                    .evaluate(
                            batches.iterator(),
                            done -> progress.validationProgressed(
                                    done, phase.validation().examples()));
            if (!Double.isFinite(result.loss())) {
                throw diverged("validation loss", result.loss());
            }
            meter.validationTook(secondsSince(start));
            return result;
        }
    }

    private void saveLast() {
        lock.requireHeld();
        requireSound();
        checkpoints.saveLast(
                learner.network(),
                learner.average(),
                learner.optimizer(),
                position,
                provenances.metadata(stopping.best(), position.seconds()));
    }

    private void requireSound() {
        if (!SoundWeights.areFinite(learner.network().params())) {
            throw diverged("weights", Double.NaN);
        }
    }

    private TrainingFailedException diverged(String what, double value) {
        lock.requireHeld();
        Optional<Path> lastGood = checkpoints.exists() ? Optional.of(run.lastCheckpoint()) : Optional.empty();
        TrainingFailedException failure = TrainingFailedException.diverged(
                what + " became " + value, position, learner.learningRate(position), lastGood);
        record.line(failure.getMessage());
        return failure;
    }

    private double secondsSince(long start) {
        return (clock.getAsLong() - start) / 1e9;
    }
}
