package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.transform.CropImageTransform;
import org.datavec.image.transform.FlipImageTransform;
import org.datavec.image.transform.ImageTransform;
import org.datavec.image.transform.RotateImageTransform;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.junit.jupiter.api.Test;

class DataVecOperationTest {
    private static byte[] apply(Supplier<ImageTransform> transforms, long seed) {
        try (Mat image = new GeneratedShapes(3, 1, 32).read(2);
                Mat result = new DataVecOperation(transforms).apply(image, new SplittableRandom(seed))) {
            assertEquals(32, result.rows());
            assertEquals(32, result.cols());
            return RgbImages.toPixels(result);
        }
    }

    /** Handed a generator, DataVec's flip draws its mode from it: -2 (none), -1 (both axes), 0 or 1. */
    @Test
    void aDataVecFlipIsTheFlipItDraws() {
        for (int seed = 0; seed < 8; seed++) {
            int mode = new Random(new SplittableRandom(seed).nextLong()).nextInt(4) - 2;
            try (Mat expected = new GeneratedShapes(3, 1, 32).read(2)) {
                if (mode > -2) {
                    flip(expected, expected, mode);
                }
                assertArrayEquals(RgbImages.toPixels(expected), apply(() -> new FlipImageTransform(1), seed));
            }
        }
    }

    @Test
    void chanceComesFromThePolicysGenerator() {
        byte[] first = apply(() -> new RotateImageTransform(30), 1);
        assertArrayEquals(first, apply(() -> new RotateImageTransform(30), 1));
        assertFalse(Arrays.equals(first, apply(() -> new RotateImageTransform(30), 2)));
    }

    @Test
    void anotherSizeIsResizedBack() {
        byte[] whole = apply(() -> new FlipImageTransform(0), 3);
        assertEquals(whole.length, apply(() -> new CropImageTransform(5), 3).length);
    }
}
