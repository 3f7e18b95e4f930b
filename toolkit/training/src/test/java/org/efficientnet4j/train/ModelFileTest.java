package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.train.step.TrainableGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {
    @TempDir
    Path directory;

    @Test
    void networkAndMetadataComeBack() {
        Path file = written();
        ModelFile read = ModelFile.read(file);
        assertEquals(TinyTraining.network(0).params(), read.graph().params());
        assertEquals(TinyTraining.metadata(), read.metadata());
        assertEquals(TinyTraining.metadata(), ModelFile.readMetadata(file));
    }

    @Test
    void plainDl4jReadsIt() throws IOException {
        ComputationGraph read =
                ModelSerializer.restoreComputationGraph(written().toFile(), true);
        assertEquals(TinyTraining.network(0).params(), read.params());
    }

    @Test
    void namesNoOptimiserOfOurs() throws IOException {
        ComputationGraph trainable = TrainableGraph.of(
                TinyTraining.network(0),
                TinyTraining.options().build(),
                new LearningRateSchedule(LearningRateShape.COSINE, 0.1, 0, 10, 0.97, 3));
        Path file = directory.resolve("model.zip");
        new ModelFile(trainable, TinyTraining.metadata()).write(file);
        String json = NetworkArchive.readText(file, ModelSerializer.CONFIGURATION_JSON)
                .orElseThrow();
        assertFalse(json.contains("org.efficientnet4j"), "a stock graph's file must load without the toolkit");
    }

    @Test
    void plainDl4jReadsACheckpointWithItsOptimiserState() throws IOException {
        TrainingRun run = TrainingRun.create(
                directory, TinyTraining.options().set(RunOptions.EPOCHS, 1).build());
        TinyTraining.trainer(run, TinyTraining.network(0)).train();
        ComputationGraph theirs =
                ModelSerializer.restoreComputationGraph(run.lastCheckpoint().toFile(), true);
        ComputationGraph ours = NetworkArchive.readGraph(run.lastCheckpoint());
        assertEquals(theirs.params(), ours.params());
        assertEquals(theirs.getUpdater().getStateViewArray(), ours.getUpdater().getStateViewArray());
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void readsTheCheckpointOfEveryOptimizer(Optimizer optimizer) {
        TrainingRun run = TrainingRun.create(
                directory,
                TinyTraining.options()
                        .set(RunOptions.EPOCHS, 1)
                        .set(OptimizerOptions.ALGORITHM, optimizer)
                        .build());
        TinyTraining.trainer(run, TinyTraining.network(0)).train();
        ModelFile read = ModelFile.read(run.lastCheckpoint());
        assertEquals(TinyTraining.LABELS, read.metadata().labels());
    }

    @Test
    void missingFileIsNamed() {
        assertRefused(directory.resolve("absent.zip"), "There is no model file");
    }

    @Test
    void somethingElseIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.zip"), "not a zip at all");
        assertRefused(file, "it is a text that begins with 'not a zip at all'");
    }

    @Test
    void truncatedFileIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = Files.write(directory.resolve("half.zip"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(file, "it is a zip file that is cut short or damaged");
    }

    @Test
    void fileWithoutMetadataIsNamed() throws IOException {
        Path file = directory.resolve("plain.zip");
        ModelSerializer.writeModel(TinyTraining.network(0), file.toFile(), false);
        assertRefused(file, "it is a zip without an entry efficientnet4j.json");
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(directory.resolve("state"), "old");
        InvalidInputException failure = assertThrows(
                InvalidInputException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertTrue(
                failure.getMessage().matches("Cannot write .*state: No space left on device \\([\\d,]+ bytes free.*"),
                failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertFalse(Files.exists(directory.resolve("state.tmp")));
    }

    private Path written() {
        Path file = directory.resolve("model.zip");
        new ModelFile(TinyTraining.network(0), TinyTraining.metadata()).write(file);
        return file;
    }

    private static void assertRefused(Path file, String reason) {
        String message = assertThrows(InvalidInputException.class, () -> ModelFile.read(file))
                .getMessage();
        assertTrue(message.contains(reason) && message.contains(file.toString()), message);
    }
}
