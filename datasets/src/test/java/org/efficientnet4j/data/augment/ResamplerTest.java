package org.efficientnet4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntBinaryOperator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplerTest {
    private static byte[] image(int height, int width, IntBinaryOperator value) {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) value.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return pixels;
    }

    private static int[] resize(
            byte[] pixels, int height, int width, Region region, int newHeight, int newWidth, Interpolation how) {
        try (Mat image = RgbImages.fromPixels(pixels, height, width);
                Mat result = Resampler.resize(image, region, newHeight, newWidth, how)) {
            byte[] bytes = RgbImages.toPixels(result);
            int[] red = new int[bytes.length / 3];
            for (int i = 0; i < red.length; i++) {
                red[i] = bytes[3 * i] & 0xFF;
            }
            return red;
        }
    }

    private static int[] resizeRow(Interpolation how, int newWidth, int... values) {
        byte[] pixels = image(1, values.length, (x, y) -> values[x]);
        return resize(pixels, 1, values.length, new Region(0, 0, values.length, 1), 1, newWidth, how);
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void aFlatImageStaysFlat(Interpolation how) {
        byte[] flat = image(13, 17, (x, y) -> 137);
        for (int size : new int[] {1, 5, 13, 40}) {
            int[] result = resize(flat, 13, 17, new Region(0, 0, 17, 13), size, size, how);
            for (int value : result) {
                assertEquals(137, value);
            }
        }
    }

    @Test
    void areaIsTheMeanOfWhatAPixelCovers() {
        assertArrayEquals(new int[] {15, 35}, resizeRow(Interpolation.AREA, 2, 10, 20, 30, 40));
        // Three into two: (10 + 20/2) / 1.5 = 13.3, (20/2 + 40) / 1.5 = 33.3.
        assertArrayEquals(new int[] {13, 33}, resizeRow(Interpolation.AREA, 2, 10, 20, 40));
    }

    @Test
    void bilinearHalvingWeighsOneThreeThreeOne() {
        // The triangle is 4 old pixels wide: weights 1/8, 3/8, 3/8, 1/8; at the border the part outside is left out.
        int[] result = resizeRow(Interpolation.BILINEAR, 4, 0, 0, 80, 160, 240, 80, 0, 0);
        int second = Math.round((0 + 3 * 80 + 3 * 160 + 240) / 8f);
        int third = Math.round((160 + 3 * 240 + 3 * 80 + 0) / 8f);
        assertEquals(second, result[1]);
        assertEquals(third, result[2]);
        assertEquals(Math.round(80 / 7f), result[0]);
    }

    @Test
    void bilinearDoublingWeighsThreeQuarters() {
        assertArrayEquals(new int[] {0, 25, 75, 125, 175, 200}, resizeRow(Interpolation.BILINEAR, 6, 0, 100, 200));
    }

    @ParameterizedTest
    @EnumSource(
            value = Interpolation.class,
            names = {"AREA", "BILINEAR"})
    void halvesAreRoundedUp(Interpolation how) {
        // The mean of two neighbours, k and a half, for every k.
        for (int k = 0; k < 255; k++) {
            assertArrayEquals(new int[] {k + 1}, resizeRow(how, 1, k, k + 1));
        }
    }

    @Test
    void bicubicDoublingFollowsKeysKernel() {
        // At a quarter pixel, a = -1/2: -9/128, 111/128, 29/128, -3/128.
        int[] values = {10, 60, 200, 120, 40, 30};
        int[] result = resizeRow(Interpolation.BICUBIC, 12, values);
        double expected = (-9 * values[1] + 111 * values[2] + 29 * values[3] - 3 * values[4]) / 128.0;
        assertEquals(Math.round(expected), result[5]);
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void shrinkingAFinePatternGivesItsMean(Interpolation how) {
        byte[] stripes = image(64, 64, (x, y) -> (x + y) % 2 == 0 ? 0 : 200);
        int[] result = resize(stripes, 64, 64, new Region(0, 0, 64, 64), 9, 9, how);
        for (int y = 1; y < 8; y++) {
            for (int x = 1; x < 8; x++) {
                assertEquals(100, result[y * 9 + x], 4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void aRampStaysARamp(Interpolation how) {
        byte[] ramp = image(60, 60, (x, y) -> 4 * x);
        int[] result = resize(ramp, 60, 60, new Region(0, 0, 60, 60), 20, 20, how);
        for (int x = 3; x < 17; x++) {
            // New pixel x covers old pixels 3x to 3x + 2, whose mean is 4 (3x + 1).
            assertEquals(4 * (3 * x + 1), result[10 * 20 + x], 1);
        }
    }

    @Test
    void nothingOutsideTheRegionCounts() {
        byte[] framed = image(20, 20, (x, y) -> x >= 5 && x < 15 && y >= 4 && y < 12 ? 90 : 255);
        for (int value : resize(framed, 20, 20, new Region(5, 4, 10, 8), 7, 3, Interpolation.BICUBIC)) {
            assertEquals(90, value);
        }
    }

    @Test
    void overshootIsClamped() {
        int[] edge = resizeRow(Interpolation.BICUBIC, 24, 0, 0, 0, 0, 255, 255, 255, 255);
        for (int i = 1; i < edge.length; i++) {
            assertTrue(edge[i] >= 0 && edge[i] <= 255);
        }
        assertEquals(0, edge[10]);
        assertEquals(255, edge[13]);
    }

    @Test
    void anUnchangedSizeCopies() {
        int[] result = resizeRow(Interpolation.BICUBIC, 4, 1, 250, 3, 77);
        assertArrayEquals(new int[] {1, 250, 3, 77}, result);
    }
}
