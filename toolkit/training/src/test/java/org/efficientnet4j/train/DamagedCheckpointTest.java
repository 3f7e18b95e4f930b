package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resumes runs whose checkpoints were damaged. */
class DamagedCheckpointTest {
    @TempDir
    Path directory;

    private TrainingRun whole;
    private TrainingRun run;
    private final List<String> warnings = new ArrayList<>();

    /** Two runs alike of four epochs, with the last three epochs' checkpoints. */
    @BeforeEach
    void train() {
        TrainingOptions options =
                TinyTraining.options().set(RunOptions.KEEP_CHECKPOINTS, 3).build();
        whole = TrainingRun.create(directory.resolve("whole"), options);
        TinyTraining.trainer(whole, TinyTraining.network(0)).train();
        run = TrainingRun.create(directory.resolve("run"), options);
        TinyTraining.trainer(run, TinyTraining.network(0)).train();
    }

    @Test
    void goesOnFromTheNewestWholeCheckpoint() throws IOException {
        flipWeights(run.lastCheckpoint());
        flipWeights(run.epochCheckpoint(3));
        resume(run);

        assertEquals(1, warnings.size());
        String warning = warnings.get(0);
        assertTrue(warning.contains("last.zip: its entry coefficients.bin is damaged"), warning);
        assertTrue(warning.contains("epoch-0003.zip: its entry coefficients.bin is damaged"), warning);
        assertTrue(warning.contains("going on from " + run.epochCheckpoint(2) + " instead, after epoch 2"), warning);
        assertTrue(Files.readString(run.logFile()).contains(warning));
        assertEquals(
                NetworkArchive.readGraph(whole.lastCheckpoint()).params(),
                NetworkArchive.readGraph(run.lastCheckpoint()).params());
        assertEquals(5, Files.readAllLines(run.metricsFile()).size());
    }

    @Test
    void goesOnWhereTheLastCheckpointIsMissing() throws IOException {
        Files.delete(run.lastCheckpoint());
        resume(run);
        assertEquals(
                NetworkArchive.readGraph(whole.lastCheckpoint()).params(),
                NetworkArchive.readGraph(run.lastCheckpoint()).params());
    }

    @Test
    void keepsNoDamagedCheckpointInPlaceOfAWholeOne() throws IOException {
        TrainingRun damaged = TrainingRun.create(
                directory.resolve("damaged"),
                TinyTraining.options().set(RunOptions.KEEP_CHECKPOINTS, 3).build());
        TinyTraining.trainer(damaged, TinyTraining.network(0))
                .listener(new ProgressListener() {
                    @Override
                    public void epochDone(EpochMetrics metrics, boolean best) {
                        if (metrics.epoch() == 3) {
                            flipWeights(damaged.lastCheckpoint());
                        }
                    }
                })
                .train();
        assertEquals(List.of(1, 2), damaged.epochCheckpoints().stream().sorted().toList());
        for (int epoch : damaged.epochCheckpoints()) {
            NetworkArchive.verify(damaged.epochCheckpoint(epoch));
        }
        NetworkArchive.verify(damaged.lastCheckpoint());
    }

    @Test
    void saysWhatToDoWithoutAWholeCheckpoint() {
        flipWeights(run.lastCheckpoint());
        flipWeights(run.epochCheckpoint(3));
        flipWeights(run.epochCheckpoint(2));
        String message =
                assertThrows(InvalidInputException.class, () -> resume(run)).getMessage();
        assertTrue(message.startsWith("No whole checkpoint to go on from: "), message);
        assertTrue(message.contains("--init " + run.bestCheckpoint()), message);
        assertFalse(message.contains("learning rate"), message);
    }

    @Test
    void publishesNoDamagedModel() throws IOException {
        flipWeights(whole.bestCheckpoint());
        Files.delete(whole.modelFile());
        String message =
                assertThrows(InvalidInputException.class, () -> resume(whole)).getMessage();
        assertTrue(message.contains("best.zip is damaged"), message);
        assertFalse(Files.exists(whole.modelFile()));
        assertThrows(InvalidInputException.class, () -> ModelFile.read(whole.bestCheckpoint()));
    }

    private void resume(TrainingRun of) {
        TinyTraining.trainer(TrainingRun.open(of.directory()), TinyTraining.network(0))
                .listener(new ProgressListener() {
                    @Override
                    public void warned(String message) {
                        warnings.add(message);
                    }
                })
                .train();
    }

    /** Flips the exponent's highest bit of a weight, as bad memory or a bad disk does. */
    private static void flipWeights(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int at = text.indexOf("FLOAT", text.indexOf("coefficients.bin")) + 5;
            bytes[at + 40] ^= 0x40;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
