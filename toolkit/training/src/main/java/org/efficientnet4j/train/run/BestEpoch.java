package org.efficientnet4j.train.run;

/**
 * The epoch a network did best in.
 *
 * @param epoch from 1
 * @param top1 on the validation part, in [0, 1]
 * @param loss on the validation part, in nats
 */
public record BestEpoch(int epoch, double top1, double loss) {
    boolean isBeatenBy(double otherTop1, double otherLoss) {
        return otherTop1 > top1 || (otherTop1 == top1 && otherLoss < loss);
    }
}
