package org.efficientnet4j.cli.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookCommandTest {
    @TempDir
    Path folder;

    @Test
    void saysHowToGetJupyterWhereThereIsNone() {
        Jupyter none = Jupyter.onPath(folder.toString());

        String server = assertThrows(InvalidInputException.class, none::server).getMessage();
        String converter =
                assertThrows(InvalidInputException.class, none::converter).getMessage();

        assertTrue(server.contains("apt-get install jupyter-notebook"), server);
        assertTrue(converter.contains("apt-get install jupyter-client jupyter-nbconvert"), converter);
        assertThrows(InvalidInputException.class, () -> Jupyter.onPath(null).server());
    }

    @Test
    void takesTheFirstProgramOfThePathThatCanBeStarted() throws IOException {
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.createFile(first.resolve("jupyter-notebook")); // no program
        Path lab = program(first.resolve("jupyter-lab"));
        Path notebook = program(second.resolve("jupyter-notebook"));

        assertEquals(lab, Jupyter.onPath(first.toString()).server());
        assertEquals(
                notebook, Jupyter.onPath(first + File.pathSeparator + second).server());
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        String one = Files.createFile(folder.resolve("a.ipynb")).toString();

        refused("found no file", "notebook", folder.resolve("none.ipynb").toString());
        refused("1 notebook at a time, found 2", "notebook", one, one);
        refused("starts no server", "notebook", "--execute", "--port", "8888");
        refused("1 to 65535, found 70000", "notebook", "--port", "70000");
        refused("start ./effnet in a checkout", "notebook"); // tests run without the launcher
    }

    private static void refused(String message, String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);

        assertEquals(2, run.code());
        assertTrue(run.err().contains(message), run.err());
    }

    private static Path program(Path file) throws IOException {
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
