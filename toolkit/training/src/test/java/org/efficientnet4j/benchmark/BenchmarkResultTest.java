package org.efficientnet4j.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;

class BenchmarkResultTest {
    @Test
    void ratesTheMedianAndTheFastestStep() {
        BenchmarkResult odd = BenchmarkResult.of(8, new double[] {4, 1, 2}, 0, "x");
        assertEquals(4, odd.imagesPerSecond());
        assertEquals(8, odd.bestImagesPerSecond());
        assertEquals(
                8 / 3., BenchmarkResult.of(8, new double[] {4, 2, 8, 1}, 0, "x").imagesPerSecond(), 1e-12);
    }

    @Test
    void readsLinuxsCountsOfMemory() {
        List<String> status = List.of("VmPeak:\t 9 kB", "VmHWM:\t 1348608 kB", "VmRSS:\t 7168 kB");
        assertEquals(1317, ProcessMemory.parse("VmHWM:", status));
        assertEquals(7, ProcessMemory.parse("VmRSS:", status));
        assertEquals(0, ProcessMemory.parse("VmHWM:", List.of()));
    }

    @Test
    void refusesImagesSmallerThanTheStride() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> new BenchmarkSettings(
                        ModelCatalog.find("efficientnet_b0"),
                        BenchmarkMode.TRAIN,
                        1,
                        31,
                        1,
                        0,
                        1,
                        ActivationCheckpointing.OFF,
                        false));
        assertTrue(refused.getMessage().contains("size must be at least 32, found 31"), refused.getMessage());
    }
}
