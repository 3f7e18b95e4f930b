package org.efficientnet4j.data.augment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.efficientnet4j.data.RgbImages;

/**
 * Resizes 8-bit RGB images with antialiasing. The two sides are resampled one after the other in floating point; the
 * result is rounded once.
 */
public final class Resampler {
    /** Source pixels of most new pixels, along a side. */
    private static final int FEW_TAPS = 4;

    /** Source pixels of a bilinear pixel where the image shrinks by up to a half. */
    private static final int THREE_TAPS = 3;

    /** How far below 0 a kernel may overshoot, generously: Keys' cubic does by 1.3 times 255 in all. */
    private static final int MARGIN = 256;

    /** Whole numbers from -MARGIN on as bytes, those out of range at its ends: a look-up takes half of what limits do. */
    private static final byte[] LIMITED = limited();

    /** Brings a value to be rounded, and MARGIN more, to [1024, 2048), where floats have one exponent. */
    private static final float ONE_EXPONENT = 1024 + MARGIN + 0.5f;

    /** How many bits such a float has behind the point. */
    private static final int FRACTION_BITS = 13;

    private Resampler() {}

    /**
     * Cuts a region out and resizes it; pixels outside the region have no influence.
     *
     * @param image 8-bit RGB, shape [rows, columns, 3]
     * @param region what to cut out, inside the image
     * @param height the result's rows, positive
     * @param width the result's columns, positive
     * @param interpolation how new pixels are computed
     * @return a new matrix, shape [height, width, 3]
     */
    public static Mat resize(Mat image, Region region, int height, int width, Interpolation interpolation) {
        return RgbImages.fromPixels(resizedPixels(image, region, height, width, interpolation), height, width);
    }

    /** As {@link #resize}, into a new array of shape [height, width, 3]. */
    static byte[] resizedPixels(Mat image, Region region, int height, int width, Interpolation interpolation) {
        RgbImages.requireRgb(image);
        try (Rect rectangle = new Rect(region.x(), region.y(), region.width(), region.height());
                Mat part = new Mat(image, rectangle)) {
            boolean unchanged = region.height() == height && region.width() == width;
            return unchanged ? RgbImages.toPixels(part) : resampled(part, height, width, interpolation);
        }
    }

    /**
     * Resizes the whole image and cuts a region out of the result, without computing the rest.
     *
     * @param image 8-bit RGB, shape [rows, columns, 3]
     * @param height rows of the whole result, positive
     * @param width columns of the whole result, positive
     * @param region what to cut out, inside the result
     * @return a new array of shape [region.height, region.width, 3]
     */
    static byte[] resizedPart(Mat image, int height, int width, Region region, Interpolation interpolation) {
        RgbImages.requireRgb(image);
        if (image.rows() == height && image.cols() == width) {
            return resizedPixels(image, region, region.height(), region.width(), interpolation);
        }
        ResampleWeights down = ResampleWeights.of(image.rows(), height, interpolation);
        ResampleWeights across = ResampleWeights.of(image.cols(), width, interpolation);
        int top = down.first(region.y());
        int left = across.first(region.x());
        down = down.window(region.y(), region.height());
        across = across.window(region.x(), region.width());
        try (Rect rectangle = new Rect(left, top, across.span(), down.span());
                Mat part = new Mat(image, rectangle)) {
            return resampled(part, down, across);
        }
    }

    private static byte[] resampled(Mat image, int height, int width, Interpolation interpolation) {
        return resampled(
                image,
                ResampleWeights.of(image.rows(), height, interpolation),
                ResampleWeights.of(image.cols(), width, interpolation));
    }

    /**
     * Row by row of the result: down the image first, since that loop runs along whole rows, which the JIT turns into
     * vector instructions; then across, while the row is in the cache.
     */
    private static byte[] resampled(Mat image, ResampleWeights down, ResampleWeights across) {
        int height = down.allFirst().length;
        int width = across.allFirst().length;
        RowWindow rows = new RowWindow(image, down.taps());
        float[] row = new float[rows.length()];
        float[] fewWeights = across.padded(FEW_TAPS);
        byte[] result = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            weightedSum(rows, down, y, row);
            if (across.taps() <= THREE_TAPS) {
                threeAcross(row, across.allFirst(), fewWeights, result, y * width * 3);
            } else if (across.taps() <= FEW_TAPS) {
                fewAcross(row, across.allFirst(), fewWeights, result, y * width * 3);
            } else {
                manyAcross(row, across, result, y * width * 3);
            }
        }
        return result;
    }

    private static void weightedSum(RowWindow rows, ResampleWeights down, int y, float[] sum) {
        int taps = down.taps();
        int first = down.first(y);
        int k = startedSum(rows, down, y, sum);
        for (; k + 1 < taps; k += 2) {
            float[] one = rows.get(first + k);
            addScaled(sum, one, down.weight(y, k), rows.get(first + k + 1), down.weight(y, k + 1));
        }
        if (k < taps) {
            addScaled(sum, rows.get(first + k), down.weight(y, k));
        }
    }

    /** Takes the first three rows at once, which often are all there are, or else the first; answers how many. */
    private static int startedSum(RowWindow rows, ResampleWeights down, int y, float[] sum) {
        int first = down.first(y);
        if (down.taps() < THREE_TAPS) {
            scaled(sum, rows.get(first), down.weight(y, 0));
            return 1;
        }
        float[] one = rows.get(first);
        float[] two = rows.get(first + 1);
        float[] three = rows.get(first + 2);
        scaled(sum, one, down.weight(y, 0), two, down.weight(y, 1), three, down.weight(y, 2));
        return THREE_TAPS;
    }

    private static void scaled(float[] sum, float[] row, float weight) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = weight * row[j];
        }
    }

    private static void scaled(float[] sum, float[] one, float a, float[] two, float b, float[] three, float c) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = a * one[j] + b * two[j] + c * three[j];
        }
    }

    private static void addScaled(float[] sum, float[] row, float weight) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += weight * row[j];
        }
    }

    private static void addScaled(float[] sum, float[] one, float weight, float[] other, float otherWeight) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = sum[j] + weight * one[j] + otherWeight * other[j];
        }
    }

    /** Three taps a pixel, of weights for four, written out. */
    private static void threeAcross(float[] row, int[] first, float[] weights, byte[] result, int start) {
        int at = start;
        int w = 0;
        for (int each : first) {
            int from = each * 3;
            float a = weights[w];
            float b = weights[w + 1];
            float c = weights[w + 2];
            result[at] = rounded(a * row[from] + b * row[from + 3] + c * row[from + 6]);
            result[at + 1] = rounded(a * row[from + 1] + b * row[from + 4] + c * row[from + 7]);
            result[at + 2] = rounded(a * row[from + 2] + b * row[from + 5] + c * row[from + 8]);
            at += 3;
            w += FEW_TAPS;
        }
    }

    /** Four taps a pixel, written out. */
    private static void fewAcross(float[] row, int[] first, float[] weights, byte[] result, int start) {
        int at = start;
        int w = 0;
        for (int each : first) {
            int from = each * 3;
            float a = weights[w];
            float b = weights[w + 1];
            float c = weights[w + 2];
            float d = weights[w + 3];
            result[at] = rounded(a * row[from] + b * row[from + 3] + c * row[from + 6] + d * row[from + 9]);
            result[at + 1] = rounded(a * row[from + 1] + b * row[from + 4] + c * row[from + 7] + d * row[from + 10]);
            result[at + 2] = rounded(a * row[from + 2] + b * row[from + 5] + c * row[from + 8] + d * row[from + 11]);
            at += 3;
            w += FEW_TAPS;
        }
    }

    private static void manyAcross(float[] row, ResampleWeights across, byte[] result, int start) {
        int taps = across.taps();
        float[] weights = across.all();
        int[] first = across.allFirst();
        int at = start;
        int w = 0;
        for (int each : first) {
            int from = each * 3;
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int k = 0; k < taps; k++) {
                float weight = weights[w + k];
                red += weight * row[from];
                green += weight * row[from + 1];
                blue += weight * row[from + 2];
                from += 3;
            }
            w += taps;
            result[at] = rounded(red);
            result[at + 1] = rounded(green);
            result[at + 2] = rounded(blue);
            at += 3;
        }
    }

    /** Halves are rounded up. The whole number is read off the float's bits: a conversion minds more cases. */
    private static byte rounded(float value) {
        return LIMITED[(Float.floatToRawIntBits(value + ONE_EXPONENT) >>> FRACTION_BITS) & (LIMITED.length - 1)];
    }

    private static byte[] limited() {
        byte[] table = new byte[1024];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) Math.max(0, Math.min(255, i - MARGIN));
        }
        return table;
    }

    /** The last few rows of an image as floating-point numbers, each converted once, with zeros for the taps behind it. */
    private static final class RowWindow {
        private final ByteBuffer pixels;
        private final int stride;
        private final byte[] bytes;
        private final float[][] rows;
        private final int[] held;

        RowWindow(Mat image, int count) {
            stride = Math.toIntExact(image.step());
            bytes = new byte[image.cols() * 3];
            try (BytePointer data = image.data()) {
                // Not the last row's rest, which is outside the image's memory where the image is a part of another.
                pixels = data.capacity((image.rows() - 1L) * stride + bytes.length)
                        .asByteBuffer();
            }
            rows = new float[count][bytes.length + 3 * FEW_TAPS];
            held = new int[count];
            Arrays.fill(held, -1);
        }

        int length() {
            return rows[0].length;
        }

        float[] get(int y) {
            int place = y % rows.length;
            float[] row = rows[place];
            if (held[place] != y) {
                held[place] = y;
                pixels.get(y * stride, bytes);
                for (int j = 0; j < bytes.length; j++) {
                    row[j] = bytes[j] & 0xFF;
                }
            }
            return row;
        }
    }
}
