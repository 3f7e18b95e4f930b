package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example02TrainOnShapesTest {
    /** A quarter of 500 pictures is eleven standard deviations above chance. */
    @Test
    void learnsFiguresItHasNotSeen(@TempDir Path directory) throws IOException {
        Example02TrainOnShapes.Result result = Example02TrainOnShapes.run(
                Example02TrainOnShapes.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(Outcome.COMPLETED, result.training().outcome());
        assertTrue(Files.isRegularFile(directory.resolve("run/model.zip")));
        assertEquals(500, result.heldOut().examples());
        assertTrue(
                result.heldOut().top1() > 0.25, "right on " + result.heldOut().top1());
        assertEquals(
                result.training().best().orElseThrow().top1(), result.heldOut().top1(), 1e-9);
    }
}
