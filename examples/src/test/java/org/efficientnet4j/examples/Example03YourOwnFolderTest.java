package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example03YourOwnFolderTest {
    /** Chance is a quarter; 0.4 of about 120 pictures is four standard deviations above it. */
    @Test
    void learnsAFolderAndTellsOfItsLitter(@TempDir Path directory) throws IOException {
        Example03YourOwnFolder.Result result = Example03YourOwnFolder.run(
                Example03YourOwnFolder.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(4, result.counts().classes().size());
        assertEquals(1, result.leftOut().size());
        assertTrue(
                result.leftOut().get(0).examples().get(0).contains("notes.txt"),
                result.leftOut().toString());
        assertTrue(
                result.skipped().stream().allMatch(image -> image.id().contains("cut-short.png")),
                result.skipped().toString());
        assertEquals(1, result.skipped().size());
        double top1 = result.training().best().orElseThrow().top1();
        assertTrue(top1 > 0.4, "right on " + top1);
        assertEquals(4, result.predictions().size());
    }
}
