package org.efficientnet4j.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.efficientnet4j.benchmark.ProcessMemory;
import org.efficientnet4j.compare.ComparisonPage.Row;
import org.efficientnet4j.compare.Standing.Entry;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.StepProgress;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.KeptEpoch;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.run.RunLock;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Trains several networks alike and judges them on the same images: one recipe, one image size, the same seeds in the same
 * order, equal epochs or equal time. The weights of the last epoch are judged, on the test part where the data has one, so
 * that the images of the judgement have chosen nothing.
 *
 * <p>Each training is a run directory below {@code runs}, which goes on where it was stopped; what has been judged is in its
 * {@code answers.json} and not trained again.
 */
public final class Comparison {
    private static final String ANSWERS = "answers.json";

    private final List<Contestant> contestants;
    private final TrainingOptionsBuilder recipe;
    private final int seeds;
    private final Path directory;
    private final Budget budget;

    /**
     * A comparison, of which nothing has been done yet.
     *
     * @param contestants the networks, at least one, by different names
     * @param budget the length of each training
     * @param seeds trainings of each network, at least 1; the first takes the recipe's seed, the next that plus one
     * @param recipe what all trainings share: source, size, batch, regularisation
     * @param directory of the comparison: new, empty, or of the same comparison
     * @throws InvalidInputException for two networks of one name, or fewer than one seed
     */
    public Comparison(
            List<Contestant> contestants, Budget budget, int seeds, TrainingOptionsBuilder recipe, Path directory) {
        this.contestants = List.copyOf(contestants);
        this.budget = budget;
        this.seeds = seeds;
        this.recipe = recipe.copy();
        this.directory = directory;
        if (seeds < 1) {
            throw new InvalidInputException("--seeds must be at least 1, found " + seeds);
        }
        Set<String> names = new HashSet<>();
        for (Contestant contestant : contestants) {
            if (!names.add(contestant.folder())) {
                throw new InvalidInputException("Networks in a comparison must have different names, found "
                        + contestant.name() + " twice: name each once");
            }
        }
    }

    /** Told of what happens. */
    public interface Listener {
        /**
         * A training begins or goes on.
         *
         * @param contestant its network
         * @param number of the training, from 1
         * @param of trainings in all
         * @return told of the training's progress
         */
        ProgressListener started(Contestant contestant, long seed, int number, int of);
    }

    /**
     * Trains and judges what has not been judged yet.
     *
     * @param listener told of what happens
     * @param stop asked between steps; true stops after the step
     * @return a row for each network in the order given; empty where it was stopped
     * @throws InvalidInputException that names every wrong option, unusable data, or a directory of another comparison
     */
    public Optional<List<Row>> run(Listener listener, BooleanSupplier stop) {
        // Everything that can be wrong is found before the first training.
        Map<Contestant, TrainingOptionsBuilder> prepared = prepared();
        create();
        try (RunLock lock = RunLock.acquire(directory.resolve("lock"))) {
            new Lengths(directory, budget).fix(prepared, stop);
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            return trained(prepared, listener, stop, lock).map(entries -> rows(entries, prepared));
        }
    }

    private List<Row> rows(List<Entry> entries, Map<Contestant, TrainingOptionsBuilder> prepared) {
        TrainingOptionsBuilder first = prepared.get(contestants.get(0));
        int classes = entries.get(0).seeds().get(0).answers().labels().size();
        List<NetworkFacts> facts = NetworkFacts.measure(
                contestants.stream().map(Contestant::model).toList(),
                classes,
                first.require(DataOptions.SIZE),
                Runtime.getRuntime().availableProcessors());
        List<Standing> standings = Standing.of(entries);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < standings.size(); i++) {
            long seed = standings.get(i).seeds().get(0).seed();
            TrainingRun run = TrainingRun.open(folder(contestants.get(i), seed));
            rows.add(new Row(standings.get(i), facts.get(i), RunFigures.list(run.metricsLines(), "top1")));
        }
        return rows;
    }

    private Path folder(Contestant contestant, long seed) {
        return directory.resolve("runs").resolve(contestant.folder() + "-seed" + seed);
    }

    private Optional<List<Entry>> trained(
            Map<Contestant, TrainingOptionsBuilder> prepared, Listener listener, BooleanSupplier stop, RunLock lock) {
        Map<Contestant, List<JudgedTraining>> trials = new LinkedHashMap<>();
        int number = 0;
        for (int seed = 0; seed < seeds; seed++) {
            for (Map.Entry<Contestant, TrainingOptionsBuilder> each : prepared.entrySet()) {
                number++;
                lock.requireHeld();
                TrainingOptionsBuilder options = each.getValue().copy();
                long value = options.find(RunOptions.SEED)
                                .orElse(TrainingOptions.builder().split().seed())
                        + seed;
                options.set(RunOptions.SEED, value);
                int which = number;
                Optional<JudgedTraining> trial = trial(
                        each.getKey(),
                        options,
                        value,
                        () -> listener.started(each.getKey(), value, which, seeds * prepared.size()),
                        stop);
                if (trial.isEmpty()) {
                    return Optional.empty();
                }
                trials.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(trial.get());
            }
        }
        return Optional.of(trials.entrySet().stream()
                .map(each -> new Entry(each.getKey().name(), each.getValue()))
                .toList());
    }

    /** The options of each network, all with one size. */
    private Map<Contestant, TrainingOptionsBuilder> prepared() {
        Map<Contestant, TrainingOptionsBuilder> prepared = new LinkedHashMap<>();
        Integer size = null;
        for (Contestant contestant : contestants) {
            TrainingOptionsBuilder options = recipe.copy().set(ValidationOptions.KEEP, KeptEpoch.LAST);
            contestant.init().ifPresent(init -> options.set(TransferOptions.INIT, init));
            options.set(RunOptions.EPOCHS, budget instanceof Budget.Epochs epochs ? epochs.count() : 1);
            if (size != null) {
                options.set(DataOptions.SIZE, size);
            }
            ImageTraining training = ImageTraining.prepare(options, contestant.model());
            training.requireStart();
            size = training.options().get(DataOptions.SIZE);
            prepared.put(contestant, options.set(DataOptions.SIZE, size));
        }
        return prepared;
    }

    private void create() {
        try {
            Files.createDirectories(directory.resolve("runs"));
        } catch (IOException e) {
            throw new InvalidInputException("Cannot create the directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A new listener, made when a training is about to begin. */
    private interface Start {
        ProgressListener listener();
    }

    private Optional<JudgedTraining> trial(
            Contestant contestant, TrainingOptionsBuilder options, long seed, Start start, BooleanSupplier stop) {
        Path folder = folder(contestant, seed);
        Path answers = folder.resolve(ANSWERS);
        boolean begun = Files.exists(folder.resolve("config.yaml"));
        ImageTraining training = ImageTraining.prepare(options, contestant.model());
        if (begun) {
            requireSame(folder, training.options());
        }
        if (Files.exists(answers)) {
            return Optional.of(JudgedTraining.read(answers));
        }
        TrainingRun run =
                begun ? TrainingRun.resume(folder, training.options()) : TrainingRun.create(folder, training.options());
        ProcessMemory.forgetPeak();
        Trainer trainer = training.trainer(run);
        trainer.listener(new StopAsked(trainer, start.listener(), stop));
        TrainingResult result = trainer.train();
        if (result.outcome() == Outcome.INTERRUPTED) {
            return Optional.empty();
        }
        Answers found = AnsweredImages.of(ModelFile.read(run.modelFile()), judged(training));
        JudgedTraining trial = new JudgedTraining(
                seed,
                result.epochs(),
                RunFigures.seconds(run.metricsLines(), Lengths.step(training.options())),
                RunFigures.imagesPerSecond(run.metricsLines()),
                ProcessMemory.peakMegabytes(),
                found);
        trial.write(answers);
        return Optional.of(trial);
    }

    /** The test part, or what the training held out where there is none. */
    private static ImageSource judged(ImageTraining training) {
        TrainingOptions options = training.options();
        return ImageSources.parts(
                        options.get(DataOptions.SOURCE), options.toBuilder().split(), (file, done, total) -> {})
                .test()
                .orElse(training.data().validation());
    }

    private static void requireSame(Path folder, TrainingOptions wanted) {
        try {
            wanted.requireContinues(TrainingRun.open(folder).options());
        } catch (InvalidInputException different) {
            throw new InvalidInputException(
                    "The directory must be new, empty or of this very comparison, found " + folder
                            + " of another one: repeat the command that began it, or choose another --out ("
                            + different.getMessage() + ")",
                    different);
        }
    }

    /** Passes a wish to stop on to the trainer, after each step, and the progress to another listener. */
    private record StopAsked(Trainer trainer, ProgressListener next, BooleanSupplier stop) implements ProgressListener {
        @Override
        public void warned(String message) {
            next.warned(message);
        }

        @Override
        public void epochStarted(int epoch, int epochs, int steps) {
            next.epochStarted(epoch, epochs, steps);
        }

        @Override
        public void stepDone(StepProgress progress) {
            next.stepDone(progress);
            if (stop.getAsBoolean()) {
                trainer.requestStop();
            }
        }

        @Override
        public void validationProgressed(int examples, int total) {
            next.validationProgressed(examples, total);
        }

        @Override
        public void epochDone(EpochMetrics metrics, boolean best) {
            next.epochDone(metrics, best);
        }

        @Override
        public void finished(TrainingResult result) {
            next.finished(result);
        }
    }
}
