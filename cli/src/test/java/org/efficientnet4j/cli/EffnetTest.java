package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffnetTest {
    @Test
    void listsItsCommandsOnHelp() {
        CommandLineRun run = CommandLineRun.of("--help");
        assertEquals(ExitCode.OK, run.code());
        for (String command : new String[] {"models", "summary", "train", "evaluate", "predict", "doctor"}) {
            assertTrue(run.out().contains("  " + command), run.out());
        }
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "summary", "train", "evaluate", "predict", "doctor"})
    void everyCommandsHelpHasAnExample(String command) {
        CommandLineRun run = CommandLineRun.of(command, "--help");
        assertEquals(ExitCode.OK, run.code());
        assertTrue(run.out().contains("Example"), run.out());
        assertTrue(run.out().contains("  effnet " + command), run.out());
    }

    @Test
    void showsTheCommandsInGroupsWithExamplesWhereThereIsNone() {
        CommandLineRun run = CommandLineRun.of();
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("Name a command"), run.err());
        assertTrue(run.err().contains("Know a network\n  models "), run.err());
        for (String command : List.of("models", "train", "predict", "search", "doctor", "completion")) {
            assertTrue(run.err().contains("    effnet " + command), command + " has no example: " + run.err());
        }
        assertTrue(
                run.err()
                        .lines()
                        .filter(line -> !line.strip().startsWith("effnet "))
                        .allMatch(line -> line.length() <= 80),
                run.err());
        assertEquals("", run.out());
    }

    /** One line says what is wrong, one where help is: never a whole usage text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sumary | Unknown command 'sumary'. Did you mean: effnet summary?",
                "search grd | Unknown command 'grd'. Did you mean: effnet search grid?",
                "frobnicate | Unknown command 'frobnicate'.",
                "summary efficientnet_b0 --clases 10 | Unknown option '--clases'. Did you mean: --classes?",
                "summary efficientnet_b0 --clases=10 | Unknown option '--clases'. Did you mean: --classes?",
                "summary efficientnet_b0 --frobnicate | Unknown option '--frobnicate'.",
                "summary efficientnet_b0 --clases 10 --jsn | Unknown options '--clases', '--jsn'. Did you mean: --classes?",
                "summary efficientnet_b0 another | Unexpected argument 'another'.",
                "summary efficientnet_b0 --size big | --size must be a whole number, found 'big'.",
                "summary | Missing required parameter: 'MODEL'",
                "evaluate model.zip | Missing required option: '--data=SOURCE'",
                "completion fish | SHELL must be one of bash, zsh, found 'fish'.",
            })
    void tellsASlipInTwoLines(String arguments, String message) {
        CommandLineRun run = CommandLineRun.of(arguments.split(" "));
        List<String> lines = run.err().lines().toList();
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertEquals(message, lines.get(0));
        assertEquals(2, lines.size(), run.err());
        assertTrue(lines.get(1).endsWith(" --help' says more."), run.err());
    }

    @Test
    void refusesTextThatTerminalsObeyInPrintableForm() {
        CommandLineRun run = CommandLineRun.of("summary", "efficientnet_b0\u001b[2J\nDone.");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("'efficientnet_b0\\u001b[2J\\nDone.'"), run.err());
    }

    @Test
    void tellsItsVersionAndWhatItRunsOn() {
        List<String> lines = CommandLineRun.of("--version").out().lines().toList();
        assertTrue(lines.get(0).matches("effnet [0-9]+\\.[0-9]+\\.[0-9]+.*"), lines.get(0));
        assertEquals("Deeplearning4j 1.0.0-M2.1", lines.get(1));
        assertTrue(lines.get(2).startsWith("Java " + Runtime.version()), lines.get(2));
    }

    @Test
    void completesCommandsAndOptionsInBash(@TempDir Path folder) throws IOException, InterruptedException {
        CommandLineRun run = CommandLineRun.of("completion", "bash");
        assertEquals(ExitCode.OK, run.code(), run.err());
        Path script = Files.writeString(folder.resolve("effnet"), run.out());
        String typed = "source '" + script
                + "'; COMP_WORDS=(effnet summary --cl) COMP_CWORD=2 COMP_LINE='effnet summary --cl';"
                + " _complete_effnet 2>/dev/null; echo \"${COMPREPLY[*]}\"";
        Process bash = new ProcessBuilder("bash", "-c", typed)
                .redirectErrorStream(true)
                .start();
        String replies = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), replies);
        assertEquals("--classes", replies.strip());
    }

    @Test
    void printsAStackTraceOnlyOnRequest() {
        String quiet = CommandLineRun.of("summary", "efficientnet_b9").err();
        String loud =
                CommandLineRun.of("summary", "efficientnet_b9", "--stacktrace").err();
        assertFalse(quiet.contains("\tat "), quiet);
        assertTrue(loud.contains("\tat org.efficientnet4j"), loud);
    }
}
