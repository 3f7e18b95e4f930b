package org.efficientnet4j.train;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Linear warm-up, then half a cosine down to 0, by step rather than by epoch. Step t of W warm-up steps has the rate
 * {@code peak * (t + 1) / W}; later steps of T in all have {@code peak * (1 + cos(pi * (t - W) / (T - W))) / 2}.
 *
 * <p>Source: cosine annealing without restarts, arXiv 1608.03983, equation 5; warm-up, arXiv 1706.02677, section 2.2.
 */
public final class LearningRateSchedule implements ISchedule {
    private static final long serialVersionUID = 1L;

    private final double peak;
    private final long warmupSteps;
    private final long totalSteps;

    /**
     * A schedule for a run.
     *
     * @param peak the highest rate, above 0
     * @param warmupSteps steps of the rise, 0 for none
     * @param totalSteps steps of the run, warm-up included, at least 1
     * @throws IllegalArgumentException for values outside these ranges
     */
    @JsonCreator
    public LearningRateSchedule(
            @JsonProperty("peak") double peak,
            @JsonProperty("warmupSteps") long warmupSteps,
            @JsonProperty("totalSteps") long totalSteps) {
        if (!(peak > 0 && warmupSteps >= 0 && totalSteps >= Math.max(1, warmupSteps))) {
            throw new IllegalArgumentException(
                    "peak > 0, warmupSteps >= 0 and totalSteps >= max(1, warmupSteps) must hold, found " + peak + ", "
                            + warmupSteps + ", " + totalSteps);
        }
        this.peak = peak;
        this.warmupSteps = warmupSteps;
        this.totalSteps = totalSteps;
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

    /**
     * The rate of a step; past the last step it stays 0.
     *
     * @param iteration the step, from 0
     * @param epoch not used
     */
    @Override
    public double valueAt(int iteration, int epoch) {
        if (iteration < warmupSteps) {
            return peak * (iteration + 1) / warmupSteps;
        }
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
                && peak == that.peak
                && warmupSteps == that.warmupSteps
                && totalSteps == that.totalSteps;
    }

    @Override
    public int hashCode() {
        return Objects.hash(peak, warmupSteps, totalSteps);
    }

    @Override
    public String toString() {
        return "LearningRateSchedule[peak=" + peak + ", warmupSteps=" + warmupSteps + ", totalSteps=" + totalSteps
                + "]";
    }
}
