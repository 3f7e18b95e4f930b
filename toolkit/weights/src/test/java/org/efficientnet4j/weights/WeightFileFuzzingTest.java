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

    /** Making a network costs more than reading weights: fewer of these in each build. */
    private static final int MODEL_FILES = Integer.getInteger("efficientnet4j.fuzz.count", 200);

    @TempDir
    Path folder;

    @Test
    void everyDamagedWeightFileIsLoadedOrRefused() throws IOException, URISyntaxException {
        check("weight files", WeightFileFuzzing.ofWeights(folder, SEED), COUNT);
    }

    @Test
    void everyDamagedModelFileIsLoadedOrRefused() throws IOException {
        check("model files", WeightFileFuzzing.ofModelFiles(folder, SEED), MODEL_FILES);
    }

    @Test
    void everyDamagedArchitectureIsLoadedOrRefused() throws IOException, URISyntaxException {
        check("architectures", WeightFileFuzzing.ofArchitectures(folder, SEED), COUNT);
    }

    private static void check(String what, WeightFileFuzzing fuzzing, int count) throws IOException {
        WeightFileFuzzing.Outcome outcome = fuzzing.run(count);
        System.out.printf("%,d %s loaded, %,d refused, no other end.%n", outcome.loaded(), what, outcome.refused());
        assertEquals(count, outcome.loaded() + outcome.refused());
        assertTrue(outcome.loaded() > count / 100 && outcome.refused() > count / 3, outcome.toString());
    }
}
