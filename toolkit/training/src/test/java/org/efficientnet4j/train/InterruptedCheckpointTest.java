package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.NetworkArchive;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails each write call of a checkpoint, and resumes from what a kill between its steps leaves behind. */
class InterruptedCheckpointTest {
    @TempDir
    Path directory;

    /** Fails at its n-th write, counted from 0, as a full disk does; part of what it was given may be written. */
    private static final class FullDisk extends FilterOutputStream {
        private final int failing;
        private int writes;

        FullDisk(OutputStream out, int failing) {
            super(out);
            this.failing = failing;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (writes == failing) {
                out.write(bytes, offset, length / 2);
                throw new IOException("No space left on device");
            }
            writes++;
            out.write(bytes, offset, length);
        }
    }

    @Test
    void everyFailedWriteLeavesTheOldFile() throws IOException {
        Path file = directory.resolve("last.zip");
        ComputationGraph network = TinyTraining.network(0);
        FullDisk[] whole = new FullDisk[1];
        AtomicFiles.write(file, out -> {
            whole[0] = new FullDisk(out, -1);
            write(whole[0], network);
        });
        byte[] old = Files.readAllBytes(file);
        assertTrue(whole[0].writes > 20, "found " + whole[0].writes + " write calls");
        for (int n = 0; n < whole[0].writes; n++) {
            int failing = n;
            String message = assertThrows(
                            InvalidInputException.class,
                            () -> AtomicFiles.write(file, out -> write(new FullDisk(out, failing), network)))
                    .getMessage();
            assertTrue(message.contains("No space left on device"), message);
            assertArrayEquals(old, Files.readAllBytes(file), "write call " + n);
            assertEquals(List.of("last.zip"), names(directory));
        }
    }

    private static void write(OutputStream out, ComputationGraph network) throws IOException {
        NetworkArchive.write(
                out,
                network,
                network.getConfiguration(),
                true,
                Map.of(ModelFile.METADATA_ENTRY, TinyTraining.metadata().toJson()),
                Map.of("average.bin", network.params().dup()));
    }

    @Test
    void goesOnFromWhateverAKillLeaves() throws IOException {
        TrainingOptions options =
                TinyTraining.options().set(RunOptions.KEEP_CHECKPOINTS, 2).build();
        TrainingRun whole = TrainingRun.create(directory.resolve("whole"), options);
        TinyTraining.trainer(whole, TinyTraining.network(0)).train();
        byte[] last = Files.readAllBytes(whole.lastCheckpoint());

        TrainingRun killed = TrainingRun.create(directory.resolve("killed"), options);
        Trainer trainer = TinyTraining.trainer(killed, TinyTraining.network(0));
        trainer.listener(new ProgressListener() {
                    @Override
                    public void stepDone(StepProgress progress) {
                        if (progress.step() == 14) {
                            trainer.requestStop();
                        }
                    }
                })
                .train();
        byte[] before = Files.readAllBytes(killed.lastCheckpoint());
        byte[] earlier = Files.readAllBytes(killed.epochCheckpoint(1));
        for (Kill kill : Kill.values()) {
            Files.write(killed.lastCheckpoint(), before);
            Files.deleteIfExists(killed.modelFile());
            for (int epoch : killed.epochCheckpoints()) {
                Files.delete(killed.epochCheckpoint(epoch));
            }
            Files.write(killed.epochCheckpoint(1), earlier);
            kill.leave(killed, before, last);
            TinyTraining.trainer(TrainingRun.open(killed.directory()), TinyTraining.network(0))
                    .train();
            assertEquals(
                    NetworkArchive.readGraph(whole.lastCheckpoint()).params(),
                    NetworkArchive.readGraph(killed.lastCheckpoint()).params(),
                    kill.name());
            assertEquals(
                    ModelFile.read(whole.modelFile()).graph().params(),
                    ModelFile.read(killed.modelFile()).graph().params(),
                    kill.name());
        }
    }

    /** The steps of saving a checkpoint at which a process may end. */
    private enum Kill {
        NOTHING_WRITTEN {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) {
                // as it was
            }
        },
        INSIDE_THE_COPY_OF_THE_EARLIER_ONE {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                write(temporary(run.epochCheckpoint(2)), before, before.length / 3);
            }
        },
        BEHIND_THE_COPY_OF_THE_EARLIER_ONE {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                Files.write(run.epochCheckpoint(2), before);
            }
        },
        INSIDE_THE_NEW_ONE {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                write(temporary(run.lastCheckpoint()), after, after.length / 2);
            }
        },
        BEFORE_THE_NEW_ONE_IS_MOVED {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                write(temporary(run.lastCheckpoint()), after, after.length);
            }
        },
        BEHIND_THE_NEW_ONE {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                Files.write(run.lastCheckpoint(), after);
            }
        },
        INSIDE_THE_RESULT {
            @Override
            void leave(TrainingRun run, byte[] before, byte[] after) throws IOException {
                Files.write(run.lastCheckpoint(), after);
                write(temporary(run.modelFile()), after, 100);
            }
        };

        abstract void leave(TrainingRun run, byte[] before, byte[] after) throws IOException;

        private static Path temporary(Path file) {
            return file.resolveSibling(file.getFileName() + ".tmp");
        }

        private static void write(Path file, byte[] bytes, int length) throws IOException {
            Files.write(file, Arrays.copyOf(bytes, length));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
