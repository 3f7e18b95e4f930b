package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void reportsWhatThisJvmRunsOn() {
        CommandLineRun run = CommandLineRun.of("doctor", "--json");
        JsonNode report = run.json();
        assertEquals(Runtime.version().toString(), report.at("/java/version").asText());
        assertEquals(Runtime.getRuntime().maxMemory(), report.at("/memory/heap").asLong());
        assertTrue(report.at("/backend/loads").asBoolean(), run.out());
        assertEquals("CPU", report.at("/backend/built").asText());
        assertEquals(report.get("problems").isEmpty() ? 0 : 1, run.code());
    }

    @Test
    void namesTheKernelsInUse() {
        JsonNode kernels = CommandLineRun.of("doctor", "--json").json().get("kernels");
        int chosen = 0;
        for (JsonNode kernel : kernels) {
            chosen += kernel.get("chosen").asBoolean() ? 1 : 0;
        }
        assertEquals(1, chosen);
    }

    @Test
    void printsTheSameForPeople() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertTrue(run.out().contains(Runtime.version().toString()), run.out());
        assertFalse(run.out().contains("null"), run.out());
    }
}
