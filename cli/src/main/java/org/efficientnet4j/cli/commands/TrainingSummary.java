package org.efficientnet4j.cli.commands;

import java.util.Locale;
import org.efficientnet4j.train.run.BestEpoch;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Output of a training's {@code --json}.
 *
 * @param outcome why it ended
 * @param epochs epochs completed
 * @param bestEpoch the epoch the model file is from, from 1; null before the first validation
 * @param top1 that epoch's accuracy on the held-out images, in [0, 1]
 * @param loss that epoch's loss on the held-out images
 * @param seconds training time
 * @param skippedImages images that could not be read
 * @param model the model file
 */
record TrainingSummary(
        TrainingResult.Outcome outcome,
        int epochs,
        Integer bestEpoch,
        Double top1,
        Double loss,
        double seconds,
        int skippedImages,
        String model) {
    static TrainingSummary of(TrainingRun run, TrainingResult result, int skippedImages) {
        return new TrainingSummary(
                result.outcome(),
                result.epochs(),
                result.best().map(BestEpoch::epoch).orElse(null),
                result.best().map(BestEpoch::top1).orElse(null),
                result.best().map(BestEpoch::loss).orElse(null),
                result.seconds(),
                skippedImages,
                run.modelFile().toString());
    }

    String sentence() {
        String how = outcome == TrainingResult.Outcome.STOPPED_EARLY ? "Stopped early" : "Done";
        return String.format(
                Locale.ROOT,
                "%s after %d %s and %.0f s. Best: epoch %d with %.1f %% of the held-out images right. Model: %s",
                how,
                epochs,
                epochs == 1 ? "epoch" : "epochs",
                seconds,
                bestEpoch,
                100 * top1,
                model);
    }
}
