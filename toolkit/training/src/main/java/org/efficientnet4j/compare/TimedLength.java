package org.efficientnet4j.compare;

/**
 * A training's length in steps that fits a time.
 *
 * <p>A schedule must come to its end within the time, so that its length is chosen before it begins: the images that a
 * network learns from in the time, measured in a trial, in whole batches. They are divided into ten epochs, or as many as
 * there are steps, so that warm-up and validation come at the same shares of every network's training.
 *
 * @param epochs parts of the training
 * @param imagesPerEpoch images of each, a multiple of the step's
 */
record TimedLength(int epochs, int imagesPerEpoch) {
    private static final int MOST_EPOCHS = 12;
    private static final int LEAST_EPOCHS = 8;

    /**
     * The length nearest to a time.
     *
     * @param seconds to be filled
     * @param imagesPerSecond measured
     * @param step images of one step
     */
    static TimedLength of(double seconds, double imagesPerSecond, int step) {
        long steps = Math.max(1, Math.round(seconds * imagesPerSecond / step));
        if (steps <= LEAST_EPOCHS) {
            return new TimedLength((int) steps, step);
        }
        TimedLength nearest = null;
        for (int epochs = LEAST_EPOCHS; epochs <= MOST_EPOCHS; epochs++) {
            long each = Math.max(1, Math.round((double) steps / epochs));
            TimedLength length = new TimedLength(epochs, Math.toIntExact(each * step));
            if (nearest == null || off(length, steps, step) < off(nearest, steps, step)) {
                nearest = length;
            }
        }
        return nearest;
    }

    private static long off(TimedLength length, long steps, int step) {
        return Math.abs(length.images() / step - steps);
    }

    /** Images in all. */
    long images() {
        return (long) epochs * imagesPerEpoch;
    }
}
