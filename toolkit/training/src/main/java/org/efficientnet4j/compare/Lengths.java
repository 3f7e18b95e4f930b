package org.efficientnet4j.compare;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * The lengths of a comparison's trainings. Equal time is measured once, by a short training of each network, and written
 * down, so that a comparison that goes on has the same lengths.
 */
final class Lengths {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "lengths.json";

    /** The trial's share of the time; the JVM compiles the network's loops in its first seconds. */
    private static final double TRIAL_SHARE = 0.15;

    private static final double LEAST_SECONDS = 8;
    private static final int LEAST_EPOCHS = 6;
    private static final double MOST_SECONDS = 45;
    private static final int TRIAL_EPOCHS = 10_000;
    private static final int TRIAL_STEPS = 16;

    private final Path file;
    private final Path trials;
    private final Budget budget;

    Lengths(Path directory, Budget budget) {
        this.file = directory.resolve(FILE);
        this.trials = directory.resolve("trials");
        this.budget = budget;
    }

    /** Sets the lengths of all trainings in their options. */
    void fix(Map<Contestant, TrainingOptionsBuilder> options, BooleanSupplier stop) {
        if (budget instanceof Budget.Minutes minutes) {
            Map<String, TimedLength> known = read();
            options.forEach((contestant, each) -> {
                TimedLength length = known.get(contestant.folder());
                if (length == null && !stop.getAsBoolean()) {
                    length = measured(contestant, each, minutes, stop);
                    known.put(contestant.folder(), length);
                    write(known);
                }
                if (length != null) {
                    each.set(RunOptions.EPOCHS, length.epochs()).set(DataOptions.EPOCH_IMAGES, length.imagesPerEpoch());
                }
            });
        }
    }

    private TimedLength measured(
            Contestant contestant, TrainingOptionsBuilder options, Budget.Minutes minutes, BooleanSupplier stop) {
        TrainingOptionsBuilder trial = options.copy();
        int step = step(ImageTraining.prepare(trial, contestant.model()).options());
        trial.set(RunOptions.EPOCHS, TRIAL_EPOCHS).set(DataOptions.EPOCH_IMAGES, TRIAL_STEPS * step);
        ImageTraining training = ImageTraining.prepare(trial, contestant.model());
        Path folder = trials.resolve(contestant.folder());
        TrainingRun run = Files.exists(folder.resolve("config.yaml"))
                ? TrainingRun.overwrite(folder, training.options())
                : TrainingRun.create(folder, training.options());
        long start = System.nanoTime();
        double seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, TRIAL_SHARE * minutes.seconds()));
        Trainer trainer = training.trainer(run);
        trainer.listener(new ProgressListener() {
            @Override
            public void epochDone(EpochMetrics metrics, boolean best) {
                boolean enough = (System.nanoTime() - start) / 1e9 >= seconds && metrics.epoch() >= LEAST_EPOCHS;
                if (stop.getAsBoolean() || enough) {
                    trainer.requestStop();
                }
            }
        });
        trainer.train();
        double[] speeds = RunFigures.values(run.metricsLines(), "imagesPerSecond");
        double[] late = Arrays.copyOfRange(speeds, speeds.length / 2, speeds.length);
        Arrays.sort(late);
        return TimedLength.of(minutes.seconds(), late[late.length / 2], step);
    }

    /** Images of a step. */
    static int step(TrainingOptions options) {
        return options.get(DataOptions.BATCH) * options.get(OptimizerOptions.ACCUMULATE);
    }

    private Map<String, TimedLength> read() {
        if (!Files.exists(file)) {
            return new LinkedHashMap<>();
        }
        try {
            return JSON.readValue(Files.readString(file), new TypeReference<LinkedHashMap<String, TimedLength>>() {});
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read the trainings' lengths in " + file + ": choose another --out, or delete the directory",
                    e);
        }
    }

    private void write(Map<String, TimedLength> lengths) {
        try {
            AtomicFiles.writeText(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(lengths) + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
