package org.efficientnet4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RandomErasingTest {
    private static final int IMAGES = 40;
    private static final int SIDE = 20;
    private static final float PIXEL = 9;

    @Test
    void erasesOneRectangleOfAnAllowedAreaAndShape() {
        INDArray features = erased(new RandomErasing(1, 0.1, 0.3, 0.5, 2, Filling.CONSTANT), 1);
        for (int i = 0; i < IMAGES; i++) {
            int top = SIDE;
            int bottom = -1;
            int left = SIDE;
            int right = -1;
            int count = 0;
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    if (features.getFloat(i, y, x, 0) == 0) {
                        top = Math.min(top, y);
                        bottom = Math.max(bottom, y);
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        count++;
                    }
                }
            }
            int height = bottom - top + 1;
            int width = right - left + 1;
            assertEquals(height * width, count, "a whole rectangle");
            // Sides are rounded to whole pixels.
            assertTrue((height + 1) * (width + 1) >= 0.1 * SIDE * SIDE, height + " x " + width);
            assertTrue((height - 1) * (width - 1) <= 0.3 * SIDE * SIDE, height + " x " + width);
            assertTrue(height + 1 >= 0.5 * (width - 1) && height - 1 <= 2 * (width + 1), height + " x " + width);
        }
    }

    @Test
    void erasesAsOftenAsAskedFor() {
        assertEquals(0, changedImages(erased(new RandomErasing(0, Filling.CONSTANT), 2)));
        assertEquals(IMAGES, changedImages(erased(new RandomErasing(1, Filling.CONSTANT), 2)));
        int half = changedImages(erased(new RandomErasing(0.5, Filling.CONSTANT), 2));
        assertTrue(half > IMAGES / 4 && half < 3 * IMAGES / 4, half + " erased");
    }

    @Test
    void fillsWithNormalNoise() {
        INDArray features = erased(new RandomErasing(1, 0.3, 0.3, 1, 1, Filling.NOISE), 3);
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (float value : features.data().asFloat()) {
            if (value != PIXEL) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        assertTrue(count > IMAGES * 0.25 * SIDE * SIDE * 3);
        assertEquals(0, sum / count, 0.03);
        assertEquals(1, squares / count, 0.05);
    }

    @Test
    void repeatsFromItsGenerator() {
        RandomErasing erasing = new RandomErasing(0.5, Filling.NOISE);
        assertEquals(erased(erasing, 4), erased(erasing, 4));
        assertTrue(!erased(erasing, 4).equals(erased(erasing, 5)));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0.1, 0.2, 1, 2",
        "1.1, 0.1, 0.2, 1, 2",
        "1, 0.3, 0.2, 1, 2",
        "1, -1, 0.2, 1, 2",
        "1, 0.1, 1.2, 1, 2",
        "1, 0.1, 0.2, 0, 2",
        "1, 0.1, 0.2, 3, 2",
        "NaN, 0.1, 0.2, 1, 2"
    })
    void refusesWhatIsOutOfRange(double probability, double minArea, double maxArea, double minRatio, double maxRatio) {
        assertThrows(
                InvalidInputException.class,
                () -> new RandomErasing(probability, minArea, maxArea, minRatio, maxRatio, Filling.NOISE));
    }

    private static INDArray erased(RandomErasing erasing, int seed) {
        INDArray features = Nd4j.valueArrayOf(new long[] {IMAGES, SIDE, SIDE, 3}, PIXEL, DataType.FLOAT);
        erasing.apply(features, Nd4j.zeros(DataType.FLOAT, IMAGES, 2), new SplittableRandom(seed));
        return features;
    }

    private static int changedImages(INDArray features) {
        int changed = 0;
        for (int i = 0; i < IMAGES; i++) {
            changed += features.slice(i).minNumber().floatValue() == PIXEL ? 0 : 1;
        }
        return changed;
    }
}
