package org.efficientnet4j.benchmarks.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitBenchmarkTest {
    @Test
    void timesAsManyStepsOfEachWayAsWereAskedFor() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, double[]> times = FitBenchmark.parse("efficientnet_v2_b0", "1", "32", "6")
                .run(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(3, times.size());
        for (double[] millis : times.values()) {
            assertEquals(6, millis.length);
            assertTrue(millis[0] > 0);
        }
        assertEquals(4, out.toString(StandardCharsets.UTF_8).lines().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"efficientnet_b0", "efficientnet_b0 0 64 60", "efficientnet_b0 1 8 60", "efficientnet_b0 1 64 x"
            })
    void refusesWhatMakesNoSense(String words) {
        assertThrows(InvalidInputException.class, () -> FitBenchmark.parse(words.split(" ", -1)));
    }
}
