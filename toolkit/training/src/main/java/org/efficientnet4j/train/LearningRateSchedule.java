package org.efficientnet4j.train;

import java.util.List;
import java.util.Objects;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate by step rather than by epoch: linear warm-up, then a fall of the asked shape. Step t of W warm-up steps
 * has the rate {@code peak * (t + 1) / W}; later steps of T in all have
 * {@code peak * (1 + cos(pi * (t - W) / (T - W))) / 2}, or {@code peak * decayRate ^ floor(t / decaySteps)}, or the peak.
 *
 * <p>Source: warm-up, arXiv 1706.02677, section 2.2; cosine annealing without restarts, arXiv 1608.03983, equation 5;
 * staircase, arXiv 1905.11946, section 5.2, counted from the run's start as in tensorflow/tpu {@code utils.py},
 * {@code build_learning_rate}.
 */
public final class LearningRateSchedule implements ISchedule {
    private static final long serialVersionUID = 1L;

    private final LearningRateShape shape;
    private final double peak;
    private final long warmupSteps;
    private final long totalSteps;
    private final double decayRate;
    private final double decaySteps;
    private final long startStep;

    /**
     * A schedule for a run.
     *
     * @param shape how it falls
     * @param peak the highest rate, above 0
     * @param warmupSteps steps of the rise, 0 for none
     * @param totalSteps steps of the run, warm-up included, at least 1
     * @param decayRate factor of a stair, in (0, 1]
     * @param decaySteps length of a stair, above 0, may be fractional
     * @param startStep step of a longer run at which this schedule begins; 0 for a schedule of a whole run
     * @throws IllegalArgumentException for values outside these ranges
     */
    @JsonCreator
    public LearningRateSchedule(
            @JsonProperty("shape") LearningRateShape shape,
            @JsonProperty("peak") double peak,
            @JsonProperty("warmupSteps") long warmupSteps,
            @JsonProperty("totalSteps") long totalSteps,
            @JsonProperty("decayRate") double decayRate,
            @JsonProperty("decaySteps") double decaySteps,
            @JsonProperty("startStep") long startStep) {
        if (!(peak > 0 && warmupSteps >= 0 && totalSteps >= Math.max(1, warmupSteps))) {
            throw new IllegalArgumentException(
                    "peak > 0, warmupSteps >= 0 and totalSteps >= max(1, warmupSteps) must hold, found " + peak + ", "
                            + warmupSteps + ", " + totalSteps);
        }
        if (!(decayRate > 0 && decayRate <= 1 && decaySteps > 0)) {
            throw new IllegalArgumentException(
                    "0 < decayRate <= 1 and decaySteps > 0 must hold, found " + decayRate + " and " + decaySteps);
        }
        this.shape = Objects.requireNonNull(shape, "shape");
        this.peak = peak;
        this.warmupSteps = warmupSteps;
        this.totalSteps = totalSteps;
        this.decayRate = decayRate;
        this.decaySteps = decaySteps;
        this.startStep = startStep;
    }

    /** A schedule of a whole run. */
    public LearningRateSchedule(
            LearningRateShape shape,
            double peak,
            long warmupSteps,
            long totalSteps,
            double decayRate,
            double decaySteps) {
        this(shape, peak, warmupSteps, totalSteps, decayRate, decaySteps, 0);
    }

    /** The schedule that options ask for, of a run of these phases. */
    static LearningRateSchedule of(TrainingOptions options, List<TrainingPhase> phases) {
        int accumulate = options.get(OptimizerOptions.ACCUMULATE);
        int restart = options.get(ScheduleOptions.RESTART_EPOCH);
        long start = TrainingPhase.firstStep(phases, restart, accumulate);
        long steps = TrainingPhase.steps(phases, accumulate) - start;
        double stepsAnEpoch = (double) steps / (TrainingPhase.epochs(phases) - restart);
        return new LearningRateSchedule(
                options.get(ScheduleOptions.SHAPE),
                options.get(OptimizerOptions.LEARNING_RATE),
                Math.min(steps, Math.round(options.get(ScheduleOptions.WARMUP_EPOCHS) * stepsAnEpoch)),
                steps,
                options.get(ScheduleOptions.DECAY_RATE),
                options.get(ScheduleOptions.DECAY_EPOCHS) * stepsAnEpoch,
                start);
    }

    /** The step of the run at which it begins. */
    @JsonProperty("startStep")
    public long startStep() {
        return startStep;
    }

    /** Shape of the fall. */
    @JsonProperty("shape")
    public LearningRateShape shape() {
        return shape;
    }

    /** The highest rate. */
    @JsonProperty("peak")
    public double peak() {
        return peak;
    }

    /** Steps of the rise. */
    @JsonProperty("warmupSteps")
    public long warmupSteps() {
        return warmupSteps;
    }

    /** Steps of the run. */
    @JsonProperty("totalSteps")
    public long totalSteps() {
        return totalSteps;
    }

    /** Factor of a stair. */
    @JsonProperty("decayRate")
    public double decayRate() {
        return decayRate;
    }

    /** Steps of a stair. */
    @JsonProperty("decaySteps")
    public double decaySteps() {
        return decaySteps;
    }

    /**
     * The rate of a step; a cosine stays 0 past the last.
     *
     * @param iteration the step, from 0
     * @param epoch not used
     */
    @Override
    public double valueAt(int iteration, int epoch) {
        return rate(Math.max(0, iteration - startStep));
    }

    private double rate(long iteration) {
        if (iteration < warmupSteps) {
            return peak * (iteration + 1) / warmupSteps;
        }
        return switch (shape) {
            case CONSTANT -> peak;
            case EXPONENTIAL -> peak * Math.pow(decayRate, Math.floor(iteration / decaySteps));
            case COSINE -> cosine(iteration);
        };
    }

    private double cosine(long iteration) {
        if (iteration >= totalSteps) {
            return 0;
        }
        double progress = (double) (iteration - warmupSteps) / (totalSteps - warmupSteps);
        return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
    }

    // Immutable, so that it may be shared; the interface asks for a clone without a checked exception.
    @Override
    @SuppressWarnings({"MissingSuperCall", "super"})
    public LearningRateSchedule clone() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LearningRateSchedule that
                && shape == that.shape
                && peak == that.peak
                && warmupSteps == that.warmupSteps
                && totalSteps == that.totalSteps
                && decayRate == that.decayRate
                && decaySteps == that.decaySteps
                && startStep == that.startStep;
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, peak, warmupSteps, totalSteps, decayRate, decaySteps, startStep);
    }

    @Override
    public String toString() {
        return "LearningRateSchedule[shape=" + shape + ", peak=" + peak + ", warmupSteps=" + warmupSteps
                + ", totalSteps=" + totalSteps + ", decayRate=" + decayRate + ", decaySteps=" + decaySteps
                + ", startStep=" + startStep + "]";
    }
}
