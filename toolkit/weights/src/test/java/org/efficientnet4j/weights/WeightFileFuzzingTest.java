package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged files at each build; {@code toolkit/fuzz-weights [COUNT [SEED]]} reads many. */
class WeightFileFuzzingTest {
    private static final int COUNT = Integer.getInteger("efficientnet4j.fuzz.count", 3000);
    private static final long SEED = Long.getLong("efficientnet4j.fuzz.seed", 20);

    @Test
    void everyDamagedFileIsLoadedOrRefused(@TempDir Path folder) throws IOException, URISyntaxException {
        WeightFileFuzzing.Outcome outcome = new WeightFileFuzzing(folder, SEED).run(COUNT);
        System.out.printf("%d loaded, %d refused, no other end.%n", outcome.loaded(), outcome.refused());
        assertEquals(COUNT, outcome.loaded() + outcome.refused());
        assertTrue(outcome.loaded() > COUNT / 30 && outcome.refused() > COUNT / 3, outcome.toString());
    }
}
