package org.efficientnet4j.cli.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.run.TrainingResult;

/** Shows a training: a bar while an epoch runs, a line for each that is done. */
public final class TrainingProgress implements ProgressListener {
    private final ProgressLine line;
    private String epoch = "";

    /** @param line where to show it */
    public TrainingProgress(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void warned(String message) {
        line.println(Printable.line(message));
    }

    @Override
    public void epochStarted(int number, int epochs, int steps) {
        epoch = "epoch " + number + "/" + epochs;
        line.show(epoch, 0, List.of());
    }

    @Override
    public void stepDone(StepProgress progress) {
        line.show(
                epoch,
                progress.stepInEpoch() / (double) progress.stepsInEpoch(),
                List.of(
                        String.format(Locale.ROOT, "loss %.3f", progress.loss()),
                        percent("acc", progress.accuracy()),
                        String.format(Locale.ROOT, "%.1f img/s", progress.imagesPerSecond()),
                        ProgressBar.time(progress.remaining()) + " left"));
    }

    @Override
    public void validationProgressed(int examples, int total) {
        line.show(epoch + " validating", examples / (double) Math.max(1, total), List.of());
    }

    @Override
    public void epochDone(EpochMetrics metrics, boolean best) {
        StringBuilder text = new StringBuilder(epoch)
                .append(String.format(Locale.ROOT, "  loss %.3f", metrics.trainLoss()))
                .append("  ")
                .append(percent("acc", metrics.trainAccuracy()));
        metrics.validation().ifPresent(validation -> text.append(validated(validation)));
        text.append(String.format(Locale.ROOT, "  %.1f img/s  ", metrics.imagesPerSecond()))
                .append(ProgressBar.time(Duration.ofMillis(Math.round(metrics.seconds() * 1000))))
                .append(best ? "  best" : "");
        line.println(text.toString());
    }

    @Override
    public void finished(TrainingResult result) {
        line.erase();
    }

    private static String validated(EvaluationResult validation) {
        return String.format(Locale.ROOT, "  val loss %.3f  ", validation.loss())
                + percent("val acc", validation.top1());
    }

    private static String percent(String name, double share) {
        return String.format(Locale.ROOT, "%s %.1f%%", name, 100 * share);
    }
}
