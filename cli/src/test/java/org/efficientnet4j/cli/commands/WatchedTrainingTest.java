package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a network of two blocks with {@code --ui}. */
class WatchedTrainingTest {
    @TempDir
    private Path folder;

    private String tiny;

    @BeforeEach
    void write() throws IOException {
        tiny = TinyArchitecture.write(folder).toString();
    }

    private CommandLineRun train(Path out, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("train", tiny, "--data", "shapes:120", "--out", out.toString()));
        arguments.addAll(List.of("--size", "32", "--epochs", "2", "--batch", "8", "--workers", "1"));
        arguments.addAll(List.of("--ema", "0.9", "--accumulate", "2", "--dropout", "0.2"));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void watchingChangesNothingThatIsLearnt() throws IOException {
        Path plain = folder.resolve("plain");
        Path watched = folder.resolve("watched");
        CommandLineRun unseen = train(plain);
        CommandLineRun seen = train(watched, "--ui");
        assertEquals(0, unseen.code(), unseen.err());
        assertEquals(0, seen.code(), seen.err());
        assertFalse(unseen.err().contains("Watch it"), unseen.err());
        assertTrue(seen.err().contains("Watch it at http://127.0.0.1:"), seen.err());
        for (String entry : List.of(ModelSerializer.COEFFICIENTS_BIN, ModelSerializer.UPDATER_BIN)) {
            assertArrayEquals(checkpoint(plain, entry), checkpoint(watched, entry), entry);
        }
        CommandLineRun resumed = CommandLineRun.of("train", "--resume", "--out", watched.toString(), "--ui");
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("Watch it at"), resumed.err());
    }

    private static byte[] checkpoint(Path run, String entry) throws IOException {
        try (ZipFile zip =
                new ZipFile(run.resolve("checkpoints").resolve("last.zip").toFile())) {
            return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
        }
    }

    @Test
    void aTakenPortIsNamedAndLeavesNothingBehind() throws IOException {
        Path out = folder.resolve("refused");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun refused = train(out, "--ui-port", Integer.toString(other.getLocalPort()));
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains("port " + other.getLocalPort()), refused.err());
            assertEquals(1, refused.err().lines().count(), refused.err());
        }
        assertEquals(2, train(out, "--ui-port", "70000").code());
        assertFalse(Files.exists(out));
    }
}
