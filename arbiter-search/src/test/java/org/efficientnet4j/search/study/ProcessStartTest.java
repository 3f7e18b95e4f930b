package org.efficientnet4j.search.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStartTest {
    /** {@code ps} reads the same field: no time of day is in it, which would move when the clock is set. */
    @Test
    void isTheTickAtWhichLinuxStartedTheProcess(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs Linux");
        Path bracketed = Files.writeString(folder.resolve("a) b"), "#!/bin/sh\nread line\n");
        assertTrue(bracketed.toFile().setExecutable(true));
        Process process = new ProcessBuilder(bracketed.toString()).start();
        try {
            Process sed = new ProcessBuilder(
                            "sed", "-E", "s/^.*[)] ([^ ]+ ){19}([0-9]+) .*$/\\2/", "/proc/" + process.pid() + "/stat")
                    .start();
            long ticks =
                    Long.parseLong(new String(sed.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
            long start = ProcessStart.of(process.toHandle());
            assertTrue(start < 0);
            assertEquals(ticks, (-1 - start) & ((1L << 40) - 1));
            assertTrue(ProcessStart.isOf(process.toHandle(), start));
            assertFalse(ProcessStart.isOf(process.toHandle(), start - 1), "one tick later");
            assertNotEquals(start, ProcessStart.of(ProcessHandle.current()));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void studiesOfEarlierVersionsTellItAsATimeOfDay() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
        assertTrue(ProcessStart.isOf(self, started));
        assertTrue(ProcessStart.isOf(self, started - 1000), "as another process may reckon it");
        assertFalse(ProcessStart.isOf(self, started - 60_000));
    }
}
