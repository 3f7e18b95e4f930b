package org.efficientnet4j.train.optimizer;

import java.util.List;
import java.util.Objects;
import org.efficientnet4j.graph.FusedConfiguration;
import org.efficientnet4j.kernels.UpdateRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * TensorFlow's RMSProp, with which both papers train. Against DL4J's it has momentum, adds epsilon inside the square root
 * and starts its mean of squares at 1:
 *
 * <pre>
 * square = decay * square + (1 - decay) * gradient^2
 * moment = momentum * moment + rate * gradient / sqrt(square + epsilon)
 * weight = weight - moment
 * </pre>
 *
 * <p>Source: tensorflow {@code training_ops.cc}, {@code ApplyRMSProp}; {@code rmsprop.py}, ones as the first value.
 */
public final class TfRmsProp implements FusedConfiguration {
    /** The papers' decay of the mean of squares. */
    public static final double DECAY = 0.9;

    /** The papers' epsilon. */
    public static final double EPSILON = 0.001;

    private static final long serialVersionUID = 1L;

    private final ISchedule learningRate;
    private final double decay;
    private final double momentum;
    private final double epsilon;

    /**
     * An optimiser.
     *
     * @param learningRate by step
     * @param decay of the mean of squares, in [0, 1)
     * @param momentum in [0, 1)
     * @param epsilon added to the mean of squares, above 0
     */
    @JsonCreator
    public TfRmsProp(
            @JsonProperty("learningRate") ISchedule learningRate,
            @JsonProperty("decay") double decay,
            @JsonProperty("momentum") double momentum,
            @JsonProperty("epsilon") double epsilon) {
        if (!(decay >= 0 && decay < 1 && momentum >= 0 && momentum < 1 && epsilon > 0)) {
            throw new IllegalArgumentException("decay and momentum in [0, 1) and epsilon > 0 must hold, found " + decay
                    + ", " + momentum + ", " + epsilon);
        }
        this.learningRate = Objects.requireNonNull(learningRate, "learningRate");
        this.decay = decay;
        this.momentum = momentum;
        this.epsilon = epsilon;
    }

    /** The learning rate by step. */
    @JsonProperty("learningRate")
    public ISchedule learningRate() {
        return learningRate;
    }

    /** Decay rate of the mean of squares. */
    @JsonProperty("decay")
    public double decay() {
        return decay;
    }

    /** Momentum of the steps. */
    @JsonProperty("momentum")
    public double momentum() {
        return momentum;
    }

    /** Added to the mean of squares. */
    @JsonProperty("epsilon")
    public double epsilon() {
        return epsilon;
    }

    @Override
    public UpdateRule rule(int iteration, int epoch) {
        return new UpdateRule.RmsProp(getLearningRate(iteration, epoch), decay, momentum, epsilon);
    }

    @Override
    public List<String> state() {
        return List.of(TfRmsPropUpdater.SQUARE, TfRmsPropUpdater.MOMENT);
    }

    @Override
    public long stateSize(long parameters) {
        return 2 * parameters;
    }

    @Override
    public GradientUpdater<TfRmsProp> instantiate(INDArray state, boolean initialize) {
        TfRmsPropUpdater updater = new TfRmsPropUpdater(this);
        updater.setStateViewArray(state, null, 'c', initialize);
        return updater;
    }

    @Override
    public GradientUpdater<TfRmsProp> instantiate(java.util.Map<String, INDArray> state, boolean initialize) {
        TfRmsPropUpdater updater = new TfRmsPropUpdater(this);
        updater.setState(state, initialize);
        return updater;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRate.valueAt(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("The learning rate is fixed; make a new optimiser");
    }

    // Immutable, so that layers may share it.
    @Override
    @SuppressWarnings({"MissingSuperCall", "super"})
    public TfRmsProp clone() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TfRmsProp that
                && learningRate.equals(that.learningRate)
                && decay == that.decay
                && momentum == that.momentum
                && epsilon == that.epsilon;
    }

    @Override
    public int hashCode() {
        return Objects.hash(learningRate, decay, momentum, epsilon);
    }
}
