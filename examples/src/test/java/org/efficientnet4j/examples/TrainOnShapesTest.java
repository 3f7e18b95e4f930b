package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.examples.TrainOnShapes.Result;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainOnShapesTest {
    /** A quarter of 400 pictures is ten standard deviations above chance. */
    @Test
    void learnsFiguresItHasNotSeen(@TempDir Path directory) throws IOException {
        Result result = TrainOnShapes.run(directory, 2000, 4);

        assertEquals(Outcome.COMPLETED, result.training().outcome());
        assertTrue(Files.isRegularFile(directory.resolve("run/model.zip")));
        assertEquals(400, result.heldOut().examples());
        assertTrue(
                result.heldOut().top1() > 0.25, "right on " + result.heldOut().top1() + " of the pictures held out");
        assertEquals(
                result.training().best().orElseThrow().top1(), result.heldOut().top1(), 1e-9);
    }
}
