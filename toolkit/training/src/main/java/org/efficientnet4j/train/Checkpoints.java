package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.graph.ConfiguredOptimizer;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.NetworkArchive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * The two states a run keeps: {@code last.zip}, from which it goes on (weights, optimiser, average, position), and
 * {@code best.zip}, a model file; where asked for, the last few of the former kind, {@code epoch-0007.zip}. All are model files to {@code evaluate} and {@code predict}.
 */
final class Checkpoints {
    private static final String POSITION_ENTRY = "efficientnet4j-position.json";
    private static final String AVERAGE_ENTRY = "efficientnet4j-average.bin";
    private static final String OPTIMIZER_ENTRY = "efficientnet4j-optimizer.bin";

    private final TrainingRun run;

    Checkpoints(TrainingRun run) {
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
    record Checkpoint(
            ComputationGraph graph,
            Optional<INDArray> average,
            Optional<INDArray> optimizer,
            TrainingPosition position) {}

    void saveLast(
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
        int earlier = run.options().keepCheckpoints() - 1;
        if (earlier == 0 || !exists()) {
            return;
        }
        int epoch = lastPosition().epoch();
        if (epoch < next.epoch()) {
            AtomicFiles.write(run.epochCheckpoint(epoch), out -> Files.copy(run.lastCheckpoint(), out));
        }
        run.epochCheckpoints().stream()
                .sorted(Comparator.reverseOrder())
                .skip(earlier)
                .forEach(run::deleteEpochCheckpoint);
    }

    private TrainingPosition lastPosition() {
        Path file = run.lastCheckpoint();
        return ModelFile.reading(file, () -> position(file));
    }

    void saveBest(ComputationGraph graph, ModelMetadata metadata) {
        new ModelFile(graph, metadata).write(run.bestCheckpoint());
    }

    /** Makes the best state the run's result. */
    void publishBest() {
        AtomicFiles.write(run.modelFile(), out -> Files.copy(run.bestCheckpoint(), out));
    }

    /** Whether there is a state to go on from. */
    boolean exists() {
        return Files.exists(run.lastCheckpoint());
    }

    /**
     * The state to go on from, empty if the run stopped before its first checkpoint.
     *
     * @throws InvalidInputException if it cannot be read
     */
    Optional<Checkpoint> last() {
        Path file = run.lastCheckpoint();
        if (!exists()) {
            return Optional.empty();
        }
        return Optional.of(ModelFile.reading(
                file,
                () -> new Checkpoint(
                        NetworkArchive.readGraph(file),
                        NetworkArchive.readArray(file, AVERAGE_ENTRY),
                        NetworkArchive.readArray(file, OPTIMIZER_ENTRY),
                        position(file))));
    }

    private static TrainingPosition position(Path file) throws IOException {
        String text = NetworkArchive.readText(file, POSITION_ENTRY)
                .orElseThrow(() -> new IOException("it has no entry " + POSITION_ENTRY));
        return TrainingPosition.fromJson(text);
    }

    /** Whether every weight is a finite number: nothing else is worth keeping. */
    static boolean isSound(ComputationGraph graph) {
        INDArray weights = graph.params();
        return Nd4j.getExecutioner()
                        .exec(new MatchCondition(weights, Conditions.notFinite()))
                        .getInt(0)
                == 0;
    }
}
