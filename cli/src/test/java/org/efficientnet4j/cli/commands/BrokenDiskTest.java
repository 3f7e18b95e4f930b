package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with a bad sector somewhere in their middle; {@code broken_disk.c} makes the disk of another process so. */
class BrokenDiskTest {
    private static final Path SOURCE = Path.of("src/test/native/broken_disk.c");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void eachFileIsReadWellOrRefusedByName() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "libraries are preloaded on Linux alone");
        String library = folder.resolve("broken_disk.so").toString();
        assumeTrue(
                output(List.of("cc", "-shared", "-fPIC", "-o", library, SOURCE.toString(), "-ldl"), false)
                        .isEmpty(),
                "a C compiler makes the library");
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokenDiskRuns.class.getName()));
        command.add(Files.createDirectory(folder.resolve("files")).toString());
        String output = output(command, true);

        assertTrue(output.contains(BrokenDiskRuns.DONE), output);
        assertFalse(output.contains("WRONG"), output);
    }

    /** What the program printed; "none" where there is no such program. */
    private String output(List<String> command, boolean broken) throws IOException, InterruptedException {
        File log = folder.resolve("log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        if (broken) {
            builder.environment()
                    .put("LD_PRELOAD", folder.resolve("broken_disk.so").toString());
            builder.environment()
                    .put(BrokenDiskRuns.CONTROL, folder.resolve("control").toString());
        }
        try {
            builder.start().waitFor();
        } catch (IOException missing) {
            return "none";
        }
        return Files.readString(log.toPath(), StandardCharsets.UTF_8);
    }
}
