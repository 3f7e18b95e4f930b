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
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
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
        Evaluation evaluation = new Evaluation(trial, proxy, progress);
        for (long seed : trial.seeds()) {
            if (!evaluation.train(seed)) {
                return Optional.empty();
            }
        }
        Map<String, Double> measures = evaluation.measures();
        if (measuresLatency && trial.role() == TrialRole.SEARCH) {
            Timing latency = LatencyProbe.measure(trial.choice().model(model));
            measures.put(TrialOutcome.LATENCY_MILLIS, latency.millis());
            measures.put(TrialOutcome.LATENCY_SPREAD, latency.spread());
        }
        return Optional.of(new TrialOutcome(evaluation.score(), measures, evaluation.answers));
    }

    /** A trial's trainings, seed by seed. */
    private final class Evaluation {
        private final Trial trial;
        private final ModelDefinition proxy;
        private final TrialProgress progress;
        private final List<Reward.Reached> seeds = new ArrayList<>();
        private final List<Answers> answers = new ArrayList<>();
        private Optional<Timing> step = Optional.empty();
        private double chance;

        Evaluation(Trial trial, ModelDefinition proxy, TrialProgress progress) {
            this.trial = trial;
            this.proxy = proxy;
            this.progress = progress;
        }

        /** Trains with a seed; false if it was stopped before the end. */
        boolean train(long seed) throws IOException {
            Path folder = Files.createTempDirectory("effnet-trial");
            try {
                Path architecture = Files.writeString(folder.resolve("proxy.yaml"), ArchitectureFile.format(proxy));
                ImageTraining training = ImageTraining.prepare(options(architecture, proxy, seed));
                if (reward.needsStepTime() && step.isEmpty()) {
                    int classes = training.data().train().labels().size();
                    step = Optional.of(StepProbe.alone(proxy, settings.batch(), classes));
                }
                TrainingRun run = TrainingRun.create(folder.resolve("run"), training.options());
                Optional<EpochMetrics> last = MeasuringGate.train(() -> train(training.trainer(run)));
                if (last.isEmpty()) {
                    return false;
                }
                judge(training, run, last.get());
                return true;
            } finally {
                delete(folder);
            }
        }

        private Optional<EpochMetrics> train(Trainer trainer) {
            EpochReport report = metrics -> {
                Reward.Reached mean = ProxyTraining.mean(seeds, reached(metrics, accuracy(metrics)));
                progress.report(new TrialProgress.Figure(
                        seeds.size(),
                        accuracy(metrics),
                        reward.applyAsDouble(trial.choice().cost(), mean)));
            };
            Watcher watcher = new Watcher(trainer, progress, report, settings.epochs());
            Outcome outcome = trainer.listener(watcher).train().outcome();
            return outcome == Outcome.INTERRUPTED ? Optional.empty() : watcher.last();
        }

        /** The last weights on the images that the trial's role is about. */
        private void judge(ImageTraining training, TrainingRun run, EpochMetrics last) {
            ImageSource images =
                    trial.role().onTestPart() ? testPart() : training.data().validation();
            Answers judged = new Judge(training.options())
                    .answers(ModelFile.read(run.lastCheckpoint()).graph(), images);
            answers.add(judged);
            chance = Judge.chance(images);
            seeds.add(reached(last, trial.role().onTestPart() ? judged.accuracy() : accuracy(last)));
        }

        private Reward.Reached reached(EpochMetrics metrics, double accuracy) {
            return new Reward.Reached(
                    accuracy, step.map(Timing::millis).orElseGet(() -> 1000 / metrics.imagesPerSecond()));
        }

        private Reward.Reached mean() {
            return ProxyTraining.mean(seeds.subList(0, seeds.size() - 1), seeds.get(seeds.size() - 1));
        }

        double score() {
            return reward.applyAsDouble(trial.choice().cost(), mean());
        }

        Map<String, Double> measures() {
            Map<String, Double> measures = new LinkedHashMap<>();
            measures.put(TrialOutcome.ACCURACY, mean().accuracy());
            measures.put(TrialOutcome.STEP_MILLIS, mean().stepMillis());
            step.ifPresent(timing -> measures.put(TrialOutcome.STEP_SPREAD, timing.spread()));
            measures.put(TrialOutcome.CHANCE, chance);
            return measures;
        }
    }

    /** The images that neither train nor choose. */
    private ImageSource testPart() {
        if (settings.selection() == 0) {
            throw new InvalidInputException(
                    "A test score needs images that chose nothing, and this study chooses by all"
                            + " that the data holds out: begin a study with --selection above 0");
        }
        return ImageSources.parts(settings.divided(), SplitOptions.DEFAULT, DownloadProgress.SILENT)
                .part(DataPart.TEST);
    }

    /** Told the figures of each epoch of one seed. */
    private interface EpochReport {
        void epochDone(EpochMetrics metrics);
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
            MeasuringGate.pass();
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
