package org.efficientnet4j.train.run;

import java.util.List;
import java.util.Locale;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.metrics.MetricsJsonLines;
import org.efficientnet4j.train.metrics.MetricsTable;
import org.efficientnet4j.train.metrics.MetricsWriter;
import org.efficientnet4j.train.metrics.TensorBoardEvents;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/** Writes down how a run goes: a line in its log for every event, a row in every table of metrics for every epoch. */
public final class RunRecord {
    private final RunLog log;
    private final List<MetricsTable> tables;

    public RunRecord(TrainingRun run) {
        this.log = new RunLog(run.logFile());
        this.tables = List.of(
                new MetricsWriter(run.metricsFile()),
                new MetricsJsonLines(run.metricsLines()),
                new TensorBoardEvents(run.tensorBoardEvents()));
    }

    /** A run starts, or goes on after a checkpoint. */
    public void begun(TrainingPosition position, int epochs, long steps, String environment) {
        tables.forEach(table -> table.keepEpochs(position.epoch()));
        line((position.step() > 0 ? "Resumed" : "Started") + " at epoch " + (position.epoch() + 1) + " of " + epochs
                + ", step " + position.step() + " of " + steps + "; " + environment);
    }

    public void entered(TrainingPhase phase, int number, int phases) {
        phase.settings()
                .filter(settings -> phases > 1)
                .map(settings -> "Phase " + number + " of " + phases + ": " + described(settings))
                .ifPresent(this::line);
    }

    public void interrupted(TrainingPosition position) {
        line("Interrupted in epoch " + (position.epoch() + 1) + " after step " + position.step()
                + "; --resume goes on from there");
    }

    public void epoch(EpochMetrics figures, boolean best) {
        tables.forEach(table -> table.append(figures));
        line(summary(figures, best));
    }

    public void ended(TrainingResult result) {
        line("Ended: " + result);
    }

    public void line(String text) {
        log.line(text);
    }

    private static String described(ProgressivePhase phase) {
        return String.format(
                Locale.ROOT,
                "%d px, batch %d, %d epochs, dropout %.3f, RandAugment %.1f, mixup %.2f, cutmix %.2f, drop connect %.2f",
                phase.size(),
                phase.batch(),
                phase.epochs(),
                phase.strengths().dropout(),
                phase.strengths().randAugment(),
                phase.strengths().mixup(),
                phase.strengths().cutmix(),
                phase.strengths().dropConnectRate());
    }

    private static String summary(EpochMetrics m, boolean best) {
        String validation = m.validation()
                .map(v -> String.format(
                        Locale.ROOT, ", validation loss %.4f, top-1 %.4f, top-5 %.4f", v.loss(), v.top1(), v.top5()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "Epoch %d: loss %.4f, accuracy %.4f%s%s; %.1f images/s, %.1f %% of it waiting for images; %.0f s",
                m.epoch(),
                m.trainLoss(),
                m.trainAccuracy(),
                validation,
                best ? " (best so far)" : "",
                m.imagesPerSecond(),
                100 * m.dataWait(),
                m.seconds());
    }
}
