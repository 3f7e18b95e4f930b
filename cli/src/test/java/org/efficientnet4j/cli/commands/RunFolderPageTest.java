package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.cli.PageCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreement of the table of a run's files, in {@code docs/files.md}, with a run's folder. */
class RunFolderPageTest {
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]+)`");

    @Test
    void aRunHasTheFilesOfThePageAndNoOthers(@TempDir Path folder) throws IOException {
        Path run = folder.resolve("run");
        String network = TinyArchitecture.write(folder).toString();
        CommandLineRun trained = CommandLineRun.of(
                ("train " + network + " --data shapes:60 --size 32 --epochs 1 --workers 1 --out " + run).split(" "));
        assertEquals(0, trained.code(), trained.err());

        assertEquals(documented(), written(run));
    }

    private static Set<String> documented() throws IOException {
        return Files.readAllLines(PageCommands.ROOT.resolve("docs/files.md")).stream()
                .dropWhile(line -> !line.equals("## A run's folder"))
                .flatMap(line -> FIRST_CELL.matcher(line).results())
                .map(cell -> cell.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> written(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
