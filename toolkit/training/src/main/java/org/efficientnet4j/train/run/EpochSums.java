package org.efficientnet4j.train.run;

/**
 * Running sums of an epoch; part of a checkpoint, so that an interrupted epoch's figures come out whole.
 *
 * @param examples learnt from
 * @param lossSum their cross-entropies, in nats
 * @param right how many of them were classified right
 * @param seconds spent on the epoch
 * @param waited seconds of them in which no batch was ready
 */
public record EpochSums(long examples, double lossSum, long right, double seconds, double waited) {
    static final EpochSums ZERO = new EpochSums(0, 0, 0, 0, 0);

    EpochSums plus(StepScore score, double moreSeconds, double moreWaited) {
        return new EpochSums(
                examples + score.examples(),
                lossSum + score.loss() * score.examples(),
                right + score.right(),
                seconds + moreSeconds,
                waited + moreWaited);
    }

    public double loss() {
        return lossSum / examples;
    }

    public double accuracy() {
        return (double) right / examples;
    }

    /** Share of the time in which no batch was ready. */
    public double dataWait() {
        return waited / seconds;
    }

    public double imagesPerSecond() {
        return examples / seconds;
    }
}
