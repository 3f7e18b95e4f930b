package org.efficientnet4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModelText;
import org.efficientnet4j.train.options.NetworkLookup;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsFile;

/**
 * A run directory: {@code config.yaml} (resolved, rerunnable), {@code network.json} (the network), {@code metrics.csv} (a
 * row an epoch), the same in {@code metrics.jsonl} and {@code tensorboard/}, {@code checkpoints/} (last and best),
 * {@code model.zip} (the result), {@code report.html} and {@code log.txt}.
 */
public final class TrainingRun {
    private static final String CONFIG = "config.yaml";
    private static final String METRICS = "metrics.csv";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String MODEL = "model.zip";
    private static final String LOG = "log.txt";
    private static final String METRICS_LINES = "metrics.jsonl";
    private static final String TENSORBOARD = "tensorboard";
    private static final String REPORT = "report.html";
    private static final String NETWORK = "network.json";
    private static final String LOCK = "run.lock";
    private static final Set<String> CONTENTS =
            Set.of(CONFIG, NETWORK, METRICS, METRICS_LINES, TENSORBOARD, CHECKPOINTS, MODEL, REPORT, LOG, LOCK);

    private static final Pattern EPOCH_CHECKPOINT = Pattern.compile("epoch-(\\d+)\\.zip");

    private final Path directory;
    private final TrainingOptions options;

    private TrainingRun(Path directory, TrainingOptions options) {
        this.directory = directory;
        this.options = options;
    }

    /**
     * Starts a run in a new or empty directory.
     *
     * @throws InvalidInputException if there is something in it, or it cannot be written
     */
    public static TrainingRun create(Path directory, TrainingOptions options) {
        List<String> present = entries(directory);
        if (!present.isEmpty()) {
            throw new InvalidInputException("The output directory " + directory + " is not empty (it has "
                    + present.get(0) + "): choose another --out, go on with --resume, or replace it with --overwrite");
        }
        TrainingRun run = new TrainingRun(directory, options);
        try {
            Files.createDirectories(run.directory.resolve(CHECKPOINTS));
        } catch (IOException e) {
            throw FileErrors.cannotWrite(directory, e);
        }
        String config = TrainingOptionsFile.write(options);
        AtomicFiles.writeText(run.configFile(), config);
        return run;
    }

    /**
     * Starts a run in place of an earlier one, which is deleted.
     *
     * @throws InvalidInputException if the directory is anything but a run directory, is written by another process, or
     *     cannot be written
     */
    public static TrainingRun overwrite(Path directory, TrainingOptions options) {
        List<String> present = entries(directory);
        if (!present.isEmpty()) {
            requireRunDirectory(directory, present);
            RunLock.requireFree(directory.resolve(LOCK));
            entries(directory).forEach(name -> delete(directory.resolve(name)));
        }
        return create(directory, options);
    }

    /**
     * Opens a run to go on with it.
     *
     * @throws InvalidInputException if the directory holds no run
     */
    public static TrainingRun open(Path directory) {
        Path config = directory.resolve(CONFIG);
        if (!Files.isRegularFile(config)) {
            throw new InvalidInputException("There is no run to resume in " + directory + " (it has no " + CONFIG
                    + "): check --out, or start a new run without --resume");
        }
        TrainingOptions options = TrainingOptionsFile.read(config)
                .network(name -> network(directory).orElseGet(() -> NetworkLookup.BY_NAME.of(name)))
                .build();
        return new TrainingRun(directory, options);
    }

    /**
     * Opens a run to go on with it under options that may differ in what does not change the result.
     *
     * @throws InvalidInputException if the directory holds no run, or the options would make it another one
     */
    public static TrainingRun resume(Path directory, TrainingOptions options) {
        options.requireContinues(open(directory).options());
        return new TrainingRun(directory, options);
    }

    /**
     * Opens a run to go on with it for more epochs, and writes its new options down.
     *
     * @param options made by {@link RunExtension#of}, or different in what does not change the result
     * @throws InvalidInputException if the directory holds no run, the options would make it another one, or another
     *     process writes it
     */
    public static TrainingRun resume(Path directory, TrainingOptions options, RunExtension extension) {
        options.requireContinues(extension.of(open(directory)));
        TrainingRun run = new TrainingRun(directory, options);
        RunLock.requireFree(run.lockFile());
        AtomicFiles.writeText(run.configFile(), TrainingOptionsFile.write(options));
        return run;
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /** Names the process that writes the directory. */
    public Path lockFile() {
        return directory.toAbsolutePath().resolve(LOCK);
    }

    /** The options it was started with. */
    public TrainingOptions options() {
        return options;
    }

    /** The options as a file that starts the same run elsewhere. */
    public Path configFile() {
        return directory.resolve(CONFIG);
    }

    /** The network's description. */
    public Path networkFile() {
        return directory.resolve(NETWORK);
    }

    /** Writes the network's description, once. */
    public void describe(ModelDefinition model) {
        if (!Files.exists(networkFile())) {
            AtomicFiles.writeText(networkFile(), ModelText.write(model));
        }
    }

    /**
     * The network that the run trains, wherever the file it was read from is by now. A run of an earlier version has it in
     * its checkpoint.
     *
     * @throws InvalidInputException if the description is damaged, or the run has none and its model is unknown
     */
    public ModelDefinition model() {
        return network(directory).orElseGet(options::model);
    }

    private static Optional<ModelDefinition> network(Path directory) {
        Path description = directory.resolve(NETWORK);
        if (Files.isRegularFile(description)) {
            try {
                return Optional.of(ModelText.read(Files.readString(description)));
            } catch (IOException e) {
                throw new InvalidInputException("Cannot read " + description + ": " + FileErrors.reason(e), e);
            } catch (InvalidInputException e) {
                throw new InvalidInputException(description + ": " + e.getMessage(), e);
            }
        }
        Path checkpoint = lastCheckpoint(directory);
        return Files.isRegularFile(checkpoint)
                ? Optional.of(ModelFile.readMetadata(checkpoint).model())
                : Optional.empty();
    }

    /** A row an epoch. */
    public Path metricsFile() {
        return directory.resolve(METRICS);
    }

    /** The same as JSON, an object a line. */
    public Path metricsLines() {
        return directory.resolve(METRICS_LINES);
    }

    /** The same for TensorBoard. */
    Path tensorBoardEvents() {
        return directory.resolve(TENSORBOARD).resolve("events.out.tfevents.0.efficientnet4j");
    }

    /** Curves, confusion matrix, worst mistakes and provenance on one page, there once the run has ended. */
    public Path reportFile() {
        return directory.resolve(REPORT);
    }

    /** The state the run goes on from. */
    public Path lastCheckpoint() {
        return lastCheckpoint(directory);
    }

    private static Path lastCheckpoint(Path directory) {
        return directory.resolve(CHECKPOINTS).resolve("last.zip");
    }

    /** The state after an epoch, where earlier checkpoints are kept. */
    public Path epochCheckpoint(int epoch) {
        return directory.resolve(CHECKPOINTS).resolve(String.format(Locale.ROOT, "epoch-%04d.zip", epoch));
    }

    /** The epochs whose checkpoints are kept. */
    public List<Integer> epochCheckpoints() {
        return entries(directory.resolve(CHECKPOINTS)).stream()
                .map(EPOCH_CHECKPOINT::matcher)
                .filter(Matcher::matches)
                .map(name -> Integer.valueOf(name.group(1)))
                .toList();
    }

    void deleteEpochCheckpoint(int epoch) {
        delete(epochCheckpoint(epoch));
    }

    /** The best epoch's model file. */
    public Path bestCheckpoint() {
        return directory.resolve(CHECKPOINTS).resolve("best.zip");
    }

    /** The result, there once the run has ended. */
    public Path modelFile() {
        return directory.resolve(MODEL);
    }

    /** Log of events with their times. */
    public Path logFile() {
        return directory.resolve(LOG);
    }

    private static List<String> entries(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(
                    "The output " + directory + " is a file, not a directory: choose another --out");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot look into the output directory " + directory + ": " + FileErrors.reason(e), e);
        }
    }

    private static void requireRunDirectory(Path directory, List<String> present) {
        List<String> foreign =
                present.stream().filter(name -> !CONTENTS.contains(name)).toList();
        if (!foreign.isEmpty() || !isConfigOfOurs(directory.resolve(CONFIG))) {
            throw new InvalidInputException("Only a run directory is overwritten, and " + directory + " is not one ("
                    + (foreign.isEmpty() ? "no " + CONFIG + " of a run in it" : "it has " + foreign.get(0))
                    + "): choose another --out, or empty it yourself");
        }
    }

    private static boolean isConfigOfOurs(Path config) {
        try {
            return Files.isRegularFile(config) && TrainingOptionsFile.isWrittenHere(Files.readString(config));
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + config + ": " + FileErrors.reason(e), e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new InvalidInputException("Cannot delete " + tree + ": " + FileErrors.reason(e), e);
        }
    }
}
