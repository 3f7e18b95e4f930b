package org.efficientnet4j.train.run;

/**
 * How a network did on what it has just learnt from.
 *
 * @param examples how many
 * @param loss mean cross-entropy in nats against the plain labels
 * @param right how many were classified right
 */
public record StepScore(int examples, double loss, long right) {
    public static final StepScore NONE = new StepScore(0, 0, 0);

    public StepScore plus(StepScore other) {
        int all = examples + other.examples;
        return new StepScore(all, (loss * examples + other.loss * other.examples) / all, right + other.right);
    }
}
