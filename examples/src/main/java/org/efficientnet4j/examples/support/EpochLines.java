package org.efficientnet4j.examples.support;

import java.util.Locale;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.metrics.EpochMetrics;

/** Progress of a training as lines: one an epoch, and one every ten seconds within a long epoch. */
public final class EpochLines implements ProgressListener {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final String indent;
    private long told = System.nanoTime();

    /**
     * A listener.
     *
     * @param indent before each line
     */
    public EpochLines(String indent) {
        this.indent = indent;
    }

    @Override
    public void stepDone(StepProgress step) {
        if (System.nanoTime() - told >= NANOS_BETWEEN_LINES) {
            print(
                    "  step %d of %d in epoch %d: loss %.3f, %.0f images/s, about %d s left",
                    step.stepInEpoch(),
                    step.stepsInEpoch(),
                    step.epoch(),
                    step.loss(),
                    step.imagesPerSecond(),
                    step.remaining().toSeconds());
        }
    }

    @Override
    public void epochDone(EpochMetrics epoch, boolean best) {
        print(
                "epoch %d%s  loss %.3f  right on training images %.1f %%  on held-out images %.1f %%  %.0f images/s%s",
                epoch.epoch(),
                epoch.phase().map(phase -> " at " + phase.size() + " px").orElse(""),
                epoch.trainLoss(),
                100 * epoch.trainAccuracy(),
                100 * epoch.validation().map(result -> result.top1()).orElse(Double.NaN),
                epoch.imagesPerSecond(),
                best ? "  (best)" : "");
    }

    private void print(String format, Object... values) {
        told = System.nanoTime();
        System.out.println(indent + String.format(Locale.ROOT, format, values));
    }
}
