package org.efficientnet4j.search.objective;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.TrainingResult.Outcome;
import org.efficientnet4j.train.TrainingRun;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;

/**
 * Trains a trial's stand-in with each of its seeds and scores the mean validation accuracy of the last epochs: the last
 * and not the best, so that a trial gains nothing from the number of times it was judged. Dropout and stochastic depth are
 * off, since trainings of so few epochs don't overfit. The run directories are temporary.
 *
 * @param base the search's base network, as {@link ModelCatalog} finds it
 * @param settings how small the training is
 * @param reward makes the score
 * @param measuresLatency whether the whole network's inference is timed as well
 */
public record ProxyTraining(String base, ProxySettings settings, Reward reward, boolean measuresLatency)
        implements Objective, Serializable {
    @Override
    public Optional<TrialOutcome> evaluate(Trial trial, TrialProgress progress) throws IOException {
        ModelDefinition model = ModelCatalog.find(base);
        double accuracy = 0;
        double stepMillis = 0;
        for (long seed : trial.seeds()) {
            Optional<EpochMetrics> last = train(settings.model(model, trial.choice()), seed, progress);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            accuracy += accuracy(last.get()) / trial.seeds().size();
            stepMillis += 1000 / last.get().imagesPerSecond() / trial.seeds().size();
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(TrialOutcome.ACCURACY, accuracy);
        measures.put(TrialOutcome.STEP_MILLIS, stepMillis);
        if (measuresLatency) {
            measures.put(
                    TrialOutcome.LATENCY_MILLIS,
                    LatencyProbe.millis(trial.choice().model(model)));
        }
        double score = reward.applyAsDouble(trial.choice().cost(), new Reward.Reached(accuracy, stepMillis));
        return Optional.of(new TrialOutcome(score, measures));
    }

    /** The last epoch's figures; empty if the training was stopped before. */
    private Optional<EpochMetrics> train(ModelDefinition proxy, long seed, TrialProgress progress) throws IOException {
        Path folder = Files.createTempDirectory("effnet-trial");
        try {
            Path architecture = Files.writeString(folder.resolve("proxy.yaml"), ArchitectureFile.format(proxy));
            ImageTraining training = ImageTraining.prepare(options(architecture, proxy, seed));
            Trainer trainer = training.trainer(TrainingRun.create(folder.resolve("run"), training.options()));
            Watcher watcher = new Watcher(trainer, progress, settings.epochs());
            Outcome outcome = trainer.listener(watcher).train().outcome();
            return outcome == Outcome.INTERRUPTED ? Optional.empty() : watcher.last();
        } finally {
            delete(folder);
        }
    }

    private TrainingOptionsBuilder options(Path architecture, ModelDefinition proxy, long seed) {
        TrainingOptionsBuilder options = TrainingOptions.builder()
                .model(architecture.toString())
                .source(settings.source())
                .size(proxy.trainSize())
                .epochs(settings.epochs())
                .batch(settings.batch())
                .seed(seed)
                .checkpointEvery(settings.epochs())
                .dropout(0)
                .dropConnectRate(0)
                .workers(settings.workers());
        return settings.learningRate() > 0 ? options.learningRate(settings.learningRate()) : options;
    }

    private static double accuracy(EpochMetrics metrics) {
        return metrics.validation().orElseThrow().top1();
    }

    /** Hands the curve on and stops the training when told to. */
    private static final class Watcher implements ProgressListener {
        private final Trainer trainer;
        private final TrialProgress progress;
        private final int epochs;
        private EpochMetrics last;

        Watcher(Trainer trainer, TrialProgress progress, int epochs) {
            this.trainer = trainer;
            this.progress = progress;
            this.epochs = epochs;
        }

        Optional<EpochMetrics> last() {
            return Optional.ofNullable(last);
        }

        @Override
        public void stepDone(StepProgress step) {
            stopIfAsked();
        }

        @Override
        public void epochDone(EpochMetrics metrics, boolean best) {
            last = metrics;
            progress.report(accuracy(metrics));
            if (metrics.epoch() < epochs) {
                stopIfAsked();
            }
        }

        private void stopIfAsked() {
            if (progress.shouldStop()) {
                trainer.requestStop();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
