package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example06FineTuneAFrozenBackboneTest {
    /** 0.28 is five standard deviations above chance for some 750 held-out pictures of five classes. */
    @Test
    void learnsNewClassesOnAFrozenBackbone(@TempDir Path directory) {
        Example06FineTuneAFrozenBackbone.Result result = Example06FineTuneAFrozenBackbone.run(
                Example06FineTuneAFrozenBackbone.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(0, result.frozen().stemMoved(), "frozen is bit for bit");
        assertTrue(
                result.frozen().start().contains("frozen until head"),
                result.frozen().start());
        assertTrue(result.fromScratch().orElseThrow().stemMoved() > 0.01);
        assertTrue(result.frozen().top1() > 0.28, "right on " + result.frozen().top1());
        assertTrue(result.thawed().top1() > 0.28, "right on " + result.thawed().top1());
    }

    @Test
    void modelAndWeightsGoTogether() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> Example06FineTuneAFrozenBackbone.run(
                        Example06FineTuneAFrozenBackbone.FLAGS.given("--init", "b0.safetensors")));
        assertTrue(refused.getMessage().startsWith("--init and --model go together"), refused.getMessage());
    }
}
