package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void asksForACommandWhereThereIsNone() {
        CommandLineRun run = CommandLineRun.of();
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("Name a command"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void suggestsTheNearestCommand() {
        CommandLineRun run = CommandLineRun.of("sumary");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("Did you mean: effnet summary"), run.err());
    }

    @Test
    void refusesAnUnknownOptionWithItsNearest() {
        CommandLineRun run = CommandLineRun.of("summary", "efficientnet_b0", "--clases", "10");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("--classes"), run.err());
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
