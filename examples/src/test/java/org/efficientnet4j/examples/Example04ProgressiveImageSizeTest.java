package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;

class Example04ProgressiveImageSizeTest {
    @Test
    void imagesGrowWhileTheNetworkGoesOnLearning() {
        Example04ProgressiveImageSize.Result result =
                Example04ProgressiveImageSize.run(Example04ProgressiveImageSize.FLAGS.given("--quick"));

        assertEquals(
                List.of(24L, 36L, 48L),
                result.growing().stream()
                        .map(Example04ProgressiveImageSize.Epoch::size)
                        .toList());
        assertTrue(result.fixed().stream().allMatch(epoch -> epoch.size() == 48));
        // Convolutions cost as pixels do; squeeze-excite and classifier, which don't, are small.
        assertEquals((24 * 24 + 36 * 36 + 48 * 48) / (3.0 * 48 * 48), result.workShare(), 0.03);
        double last = result.growing().get(2).top1();
        assertTrue(last > 0.16, "right on " + last + " of 300, chance 0.1 +- 0.017");
    }

    @Test
    void sizesThatShrinkAreRefused() {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> Example04ProgressiveImageSize.run(
                                Example04ProgressiveImageSize.FLAGS.given("--quick", "--from", "64", "--to", "48")))
                .getMessage();
        assertEquals("--from must be at most --to, found 64 and 48", message);
    }
}
