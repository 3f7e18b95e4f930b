package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example12YourOwnFamilyTest {
    /** A mixed block's parameters: two expansions, two looks, the gate, the projection; batch norm has two numbers a channel. */
    private static long block(long in, long out) {
        long wide = 2 * in;
        long reduced = in / 4;
        long looks = 2 * (in * wide + 2 * wide) + (9 * wide + 2 * wide) + (25 * wide + 2 * wide);
        long gate = 2 * wide * reduced + reduced + reduced * 2 * wide + 2 * wide;
        return looks + gate + 2 * wide * out + 2 * out;
    }

    @Test
    void aFamilyOfOnesOwnIsTrainedSavedAndExported(@TempDir Path directory) {
        Example12YourOwnFamily.Result result = Example12YourOwnFamily.run(
                Example12YourOwnFamily.FLAGS.given("--quick", "--out", directory.toString()));

        long stem = 27 * 16 + 2 * 16;
        long head = 48 * 128 + 2 * 128;
        long classifier = (128 + 1) * 10;
        assertEquals(
                stem + block(16, 24) + block(24, 48) + head + classifier,
                result.cost().trainableParameters());
        assertEquals(result.model().plan(), result.readBack().plan());
        assertTrue(Files.isRegularFile(result.onnx()));
        double top1 = result.training().best().orElseThrow().top1();
        assertTrue(top1 > 0.2, "right on " + top1 + " of 500, chance 0.1 +- 0.013");
    }
}
