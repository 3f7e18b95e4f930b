package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.efficientnet4j.core.files.AtomicFiles;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    /** Relative to this module, where Maven runs its tests. */
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        if (System.getProperty("efficientnet4j.renewPages") != null) {
            AtomicFiles.writeText(PAGE, CommandsPage.markdown());
        }
        assertEquals(CommandsPage.markdown(), Files.readString(PAGE), "renew it: " + CommandsPage.RENEWAL);
    }

    @Test
    void theEnvironmentIsWhatTheSourcesRead() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String module : List.of("effnet", "cli", "datasets", "toolkit", "arbiter-search", "training-ui")) {
            try (Stream<Path> files = Files.walk(PageCommands.ROOT.resolve(module))) {
                for (Path file : files.filter(CommandsPageTest::isSource).toList()) {
                    read.addAll(variables(Files.readString(file)));
                }
            }
        }
        assertEquals(read, variables(CommandsPage.markdown()));
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        boolean java = path.contains("/src/main/") && path.endsWith(".java");
        return java || path.endsWith(".sh") || (file.endsWith("effnet") && Files.isRegularFile(file));
    }

    private static Set<String> variables(String text) {
        return Pattern.compile("EFFNET_[A-Z_]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
