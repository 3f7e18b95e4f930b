package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example13InsidePlainDl4jTest {
    /** Shares of 400 and 200 held-out pictures of five classes. */
    @Test
    void dl4jsOwnToolsTrainSaveAndTransfer(@TempDir Path directory) throws IOException {
        Example13InsidePlainDl4j.Result result = Example13InsidePlainDl4j.run(
                Example13InsidePlainDl4j.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(200, result.steps(), "two epochs of 1600 pictures, 16 a step");
        assertEquals(1, result.stopping().getTotalEpochs());
        assertTrue(result.stopped() > 0.3, "right on " + result.stopped() + ", chance 0.2 +- 0.02");
        assertEquals(result.stopped(), result.restored(), "saved and read again");
        assertEquals(0, result.backboneMoved(), "frozen by DL4J's own layer");
        assertTrue(result.newClasses() > 0.27, "right on " + result.newClasses() + ", chance 0.2 +- 0.03");
    }
}
