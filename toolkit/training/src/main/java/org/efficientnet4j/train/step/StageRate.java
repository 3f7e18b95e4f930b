package org.efficientnet4j.train.step;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of one stage: a share of the run's, from the step on at which the stage is no longer frozen.
 *
 * <p>DL4J corrects the bias of Adam's moments by the run's step. A stage whose moments start from zero later would take
 * steps up to six times too long, which is what its trained weights must be spared: the rate makes up for it, so that the
 * stage learns as under an Adam of its own that began with it.
 *
 * @param run of the whole run
 * @param share in (0, 1]
 * @param firstStep the first one at which the stage learns
 * @param adam whether the optimiser corrects such a bias
 */
record StageRate(ISchedule run, double share, long firstStep, boolean adam) implements ISchedule {
    @Override
    public double valueAt(int iteration, int epoch) {
        double rate = share * run.valueAt(iteration, epoch);
        return adam && firstStep > 0 ? rate * bias(Math.max(0, iteration - firstStep)) / bias(iteration) : rate;
    }

    /** Adam's factor after so many earlier steps. Source: arXiv 1412.6980, section 2, the efficient form. */
    private static double bias(long steps) {
        return Math.sqrt(1 - Math.pow(Adam.DEFAULT_ADAM_BETA2_VAR_DECAY, steps + 1.0))
                / (1 - Math.pow(Adam.DEFAULT_ADAM_BETA1_MEAN_DECAY, steps + 1.0));
    }

    @Override
    @SuppressWarnings({"MissingSuperCall", "super"}) // immutable, so that it may be shared
    public StageRate clone() {
        return this;
    }
}
