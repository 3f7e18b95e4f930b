package org.efficientnet4j.benchmarks.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void passesOverWarmUpAndNoise() {
        Growth growth = Growth.of(List.of(100L, 300L, 500L, 501L, 499L, 560L, 503L, 499L));
        assertEquals(new Growth(500.5, 501), growth);
        assertTrue(growth.flat());
    }

    @Test
    void noticesSteadyGrowth() {
        Growth growth = Growth.of(List.of(500L, 510L, 520L, 530L, 540L, 550L, 560L, 570L));
        assertFalse(growth.flat());
        assertEquals(100 * (565 / 525. - 1), growth.percent(), 1e-9);
    }

    @Test
    void runsThroughBothParts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LeakCheck(ModelCatalog.find("efficientnet_b0"), 1, 37, 20, 40)
                .run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("step    20: "), printed);
        assertTrue(printed.contains("20 steps at 37 pixels: "), printed);
        assertTrue(printed.contains("change   40, to 37 pixels: "), printed);
    }

    @Test
    void refusesWhatWouldShowNothing() {
        assertThrows(InvalidInputException.class, () -> LeakCheck.parse("efficientnet_b0", "1", "32", "20", "40"));
        assertThrows(InvalidInputException.class, () -> LeakCheck.parse("efficientnet_b0", "1", "64", "20", "39"));
        assertThrows(InvalidInputException.class, () -> LeakCheck.parse("efficientnet_b0", "1", "64"));
    }
}
