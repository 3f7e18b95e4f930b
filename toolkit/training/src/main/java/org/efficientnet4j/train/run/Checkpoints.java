package org.efficientnet4j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.graph.ConfiguredOptimizer;
import org.efficientnet4j.model.ConfigurationClasses;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.weights.SoundWeights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states a run keeps: {@code last.zip}, from which it goes on (weights, optimiser, average, position), and
 * {@code best.zip}, a model file; where asked for, the last few of the former kind, {@code epoch-0007.zip}. All are model
 * files to {@code evaluate} and {@code predict}. A damaged file is never copied over a whole one.
 */
public final class Checkpoints {
    private static final String POSITION_ENTRY = "efficientnet4j-position.json";
    private static final String AVERAGE_ENTRY = "efficientnet4j-average.bin";
    private static final String OPTIMIZER_ENTRY = "efficientnet4j-optimizer.bin";

    private final TrainingRun run;

    public Checkpoints(TrainingRun run) {
        this.run = run;
    }

    /**
     * A state to go on from.
     *
     * @param graph the network; with the optimiser, unless that is apart
     * @param average of its weights
     * @param optimizer the state of one that is for a part of the network
     * @param position in the run
     */
    public record Checkpoint(
            ComputationGraph graph,
            Optional<INDArray> average,
            Optional<INDArray> optimizer,
            TrainingPosition position) {}

    public void saveLast(
            ComputationGraph graph,
            Optional<WeightAverage> average,
            Optional<INDArray> optimizer,
            TrainingPosition position,
            ModelMetadata metadata) {
        Map<String, String> extras =
                Map.of(ModelFile.METADATA_ENTRY, metadata.toJson(), POSITION_ENTRY, position.toJson());
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        average.ifPresent(weights -> arrays.put(AVERAGE_ENTRY, weights.values()));
        optimizer.ifPresent(state -> arrays.put(OPTIMIZER_ENTRY, state));
        ComputationGraphConfiguration configuration = optimizer.isPresent()
                ? ConfiguredOptimizer.without(graph.getConfiguration())
                : graph.getConfiguration();
        keepEarlier(position);
        AtomicFiles.write(
                run.lastCheckpoint(),
                out -> NetworkArchive.write(out, graph, configuration, optimizer.isEmpty(), extras, arrays));
    }

    /** Gives the checkpoint that is about to be replaced a name of its own, as often as the options ask for. */
    private void keepEarlier(TrainingPosition next) {
        int earlier = run.options().get(RunOptions.KEEP_CHECKPOINTS) - 1;
        if (earlier == 0) {
            return;
        }
        wholePosition(run.lastCheckpoint())
                .map(TrainingPosition::epoch)
                .filter(epoch -> epoch < next.epoch())
                .ifPresent(epoch ->
                        AtomicFiles.write(run.epochCheckpoint(epoch), out -> Files.copy(run.lastCheckpoint(), out)));
        run.epochCheckpoints().stream()
                .sorted(Comparator.reverseOrder())
                .skip(earlier)
                .forEach(run::deleteEpochCheckpoint);
    }

    /** The file of the newest state that is whole; empty without one. */
    public Optional<Path> newestWhole() {
        return candidates().stream()
                .filter(file -> wholePosition(file).isPresent())
                .findFirst();
    }

    /** Epochs that the state to go on from has behind it; 0 without one. */
    int epochsDone() {
        return candidates().stream()
                .flatMap(file -> wholePosition(file).stream())
                .findFirst()
                .map(TrainingPosition::epoch)
                .orElse(0);
    }

    /** The position of a state; empty if the file is absent or damaged. */
    private Optional<TrainingPosition> wholePosition(Path file) {
        try {
            return isWhole(file) ? Optional.of(position(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a zip of something else
        }
    }

    public void saveBest(ComputationGraph graph, ModelMetadata metadata) {
        new ModelFile(graph, metadata).write(run.bestCheckpoint());
    }

    /**
     * Makes the best state the run's result.
     *
     * @throws InvalidInputException if it is damaged, or cannot be copied
     */
    public void publishBest() {
        try {
            NetworkArchive.verify(run.bestCheckpoint());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The best epoch's checkpoint " + run.bestCheckpoint() + " is damaged: " + FileErrors.reason(e)
                            + ". The last epoch's weights are in " + run.lastCheckpoint()
                            + ", which evaluate and predict take, too",
                    e);
        }
        AtomicFiles.write(run.modelFile(), out -> Files.copy(run.bestCheckpoint(), out));
    }

    /** Tells if there is a state to go on from. */
    public boolean exists() {
        return !candidates().isEmpty();
    }

    /** The states to go on from, the newest first. */
    private List<Path> candidates() {
        List<Path> files = new ArrayList<>();
        if (Files.exists(run.lastCheckpoint())) {
            files.add(run.lastCheckpoint());
        }
        run.epochCheckpoints().stream()
                .sorted(Comparator.reverseOrder())
                .map(run::epochCheckpoint)
                .forEach(files::add);
        return files;
    }

    /**
     * The newest state that is whole, empty if the run stopped before its first checkpoint.
     *
     * @param classes that the network's configuration may name
     * @param warnings told of every newer state that is damaged, in a sentence
     * @throws InvalidInputException if there are states, all of them damaged
     */
    public Optional<Checkpoint> last(ConfigurationClasses classes, Consumer<String> warnings) {
        List<String> damages = new ArrayList<>();
        for (Path file : candidates()) {
            try {
                Checkpoint found = ModelFile.reading(file, "", () -> read(file, classes));
                if (!damages.isEmpty()) {
                    warnings.accept(String.join("; ", damages) + "; going on from " + file + " instead, after epoch "
                            + found.position().epoch());
                }
                return Optional.of(found);
            } catch (InvalidInputException e) {
                damages.add(e.getMessage());
            }
        }
        if (damages.isEmpty()) {
            return Optional.empty();
        }
        throw new InvalidInputException("No whole checkpoint to go on from: " + String.join("; ", damages) + ". "
                + (isWhole(run.bestCheckpoint())
                        ? "Start a run from the best epoch's weights by --init " + run.bestCheckpoint()
                        : "Start again with --overwrite")
                + "; --keep-checkpoints, 2 by default, keeps earlier ones to fall back on");
    }

    private static Checkpoint read(Path file, ConfigurationClasses classes) throws IOException {
        TrainingPosition position = position(file);
        ComputationGraph graph = NetworkArchive.readGraph(file, classes);
        SoundWeights.requireIn(graph);
        return new Checkpoint(
                graph,
                NetworkArchive.readArray(file, AVERAGE_ENTRY, graph.numParams()),
                NetworkArchive.readArray(file, OPTIMIZER_ENTRY),
                position);
    }

    private static boolean isWhole(Path file) {
        try {
            NetworkArchive.verify(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static TrainingPosition position(Path file) throws IOException {
        String text = NetworkArchive.readText(file, POSITION_ENTRY)
                .orElseThrow(() -> new IOException("it has no entry " + POSITION_ENTRY));
        return TrainingPosition.fromJson(text);
    }
}
