package org.efficientnet4j.search.objective;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Trains a trial's stand-in with each of its seeds and scores the mean validation accuracy of the last epochs: the last
 * and not the best, so that a trial gains nothing from the number of times it was judged. Dropout and stochastic depth are
 * off, since trainings of so few epochs don't overfit. The run directories are temporary.
 *
 * @param base the search's base network as an architecture file's text, which can be sent to other machines
 * @param settings how small the training is
 * @param reward makes the score
 * @param measuresLatency true if the whole network's inference is timed as well
 * @param workers decoding threads of one trial, at least 1
 */
public record ProxyTraining(String base, ProxySettings settings, Reward reward, boolean measuresLatency, int workers)
        implements Objective, Serializable {
    /** @throws InvalidInputException for a base that is no network, or fewer than 1 worker */
    public ProxyTraining {
        ArchitectureFile.parse(base);
        if (workers < 1) {
            throw new InvalidInputException("The proxy's workers must be at least 1, found " + workers);
        }
    }

    /** The trainings that judge versions of a base network. */
    public static ProxyTraining of(
            ModelDefinition base, ProxySettings settings, Reward reward, boolean measuresLatency, int workers) {
        return new ProxyTraining(ArchitectureFile.format(base), settings, reward, measuresLatency, workers);
    }

    @Override
    public Optional<TrialOutcome> evaluate(Trial trial, TrialProgress progress) throws IOException {
        ModelDefinition model = ArchitectureFile.parse(base);
        ModelDefinition proxy = settings.model(model, trial.choice());
        List<Reward.Reached> seeds = new ArrayList<>();
        for (long seed : trial.seeds()) {
            EpochReport epochs = metrics -> {
                Reward.Reached mean = mean(seeds, reached(metrics));
                progress.report(new TrialProgress.Figure(
                        seeds.size(),
                        accuracy(metrics),
                        reward.applyAsDouble(trial.choice().cost(), mean)));
            };
            Optional<EpochMetrics> last = train(proxy, seed, progress, epochs);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            seeds.add(reached(last.get()));
        }
        Reward.Reached mean = mean(seeds.subList(0, seeds.size() - 1), seeds.get(seeds.size() - 1));
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(TrialOutcome.ACCURACY, mean.accuracy());
        measures.put(TrialOutcome.STEP_MILLIS, mean.stepMillis());
        if (measuresLatency) {
            measures.put(
                    TrialOutcome.LATENCY_MILLIS,
                    LatencyProbe.millis(trial.choice().model(model)));
        }
        return Optional.of(new TrialOutcome(reward.applyAsDouble(trial.choice().cost(), mean), measures));
    }

    /** Told the figures of each epoch of one seed. */
    private interface EpochReport {
        void epochDone(EpochMetrics metrics);
    }

    private static Reward.Reached reached(EpochMetrics metrics) {
        return new Reward.Reached(accuracy(metrics), 1000 / metrics.imagesPerSecond());
    }

    private static Reward.Reached mean(List<Reward.Reached> seeds, Reward.Reached one) {
        int count = seeds.size() + 1;
        double accuracy = 0;
        double stepMillis = 0;
        for (Reward.Reached seed : seeds) {
            accuracy += seed.accuracy() / count;
            stepMillis += seed.stepMillis() / count;
        }
        return new Reward.Reached(accuracy + one.accuracy() / count, stepMillis + one.stepMillis() / count);
    }

    /** The last epoch's figures; empty if the training was stopped before. */
    private Optional<EpochMetrics> train(ModelDefinition proxy, long seed, TrialProgress progress, EpochReport report)
            throws IOException {
        Path folder = Files.createTempDirectory("effnet-trial");
        try {
            Path architecture = Files.writeString(folder.resolve("proxy.yaml"), ArchitectureFile.format(proxy));
            ImageTraining training = ImageTraining.prepare(options(architecture, proxy, seed));
            Trainer trainer = training.trainer(TrainingRun.create(folder.resolve("run"), training.options()));
            Watcher watcher = new Watcher(trainer, progress, report, settings.epochs());
            Outcome outcome = trainer.listener(watcher).train().outcome();
            return outcome == Outcome.INTERRUPTED ? Optional.empty() : watcher.last();
        } finally {
            delete(folder);
        }
    }

    private TrainingOptionsBuilder options(Path architecture, ModelDefinition proxy, long seed) {
        TrainingOptionsBuilder options = TrainingOptions.builder()
                .set(RunOptions.MODEL, architecture.toString())
                .set(DataOptions.SOURCE, settings.source())
                .set(DataOptions.SIZE, proxy.trainSize())
                .set(RunOptions.EPOCHS, settings.epochs())
                .set(DataOptions.BATCH, settings.batch())
                .set(RunOptions.SEED, seed)
                .set(RunOptions.CHECKPOINT_EVERY, settings.epochs())
                .set(RegularizationOptions.DROPOUT, 0.0)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.0)
                .set(DataOptions.WORKERS, workers);
        return settings.learningRate() > 0
                ? options.set(OptimizerOptions.LEARNING_RATE, settings.learningRate())
                : options;
    }

    private static double accuracy(EpochMetrics metrics) {
        return metrics.validation().orElseThrow().top1();
    }

    /** Hands the curve on and stops the training when told to. */
    private static final class Watcher implements ProgressListener {
        private final Trainer trainer;
        private final TrialProgress progress;
        private final EpochReport report;
        private final int epochs;
        private EpochMetrics last;

        Watcher(Trainer trainer, TrialProgress progress, EpochReport report, int epochs) {
            this.trainer = trainer;
            this.progress = progress;
            this.report = report;
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
            report.epochDone(metrics);
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
