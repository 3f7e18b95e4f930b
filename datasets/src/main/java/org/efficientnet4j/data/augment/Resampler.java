package org.efficientnet4j.data.augment;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.efficientnet4j.data.RgbImages;

/**
 * Resizes 8-bit RGB images with antialiasing. The two sides are resampled one after the other in floating point; the
 * result is rounded once.
 */
public final class Resampler {
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
        RgbImages.requireRgb(image);
        try (Rect rectangle = new Rect(region.x(), region.y(), region.width(), region.height());
                Mat part = new Mat(image, rectangle)) {
            if (region.height() == height && region.width() == width) {
                return part.clone();
            }
            byte[] pixels = RgbImages.toPixels(part);
            float[][] rows = resampleRows(pixels, region, height, interpolation);
            return RgbImages.fromPixels(resampleColumns(rows, region.width(), width, interpolation), height, width);
        }
    }

    /** Down the image first: that loop runs along whole rows, which the JIT turns into vector instructions. */
    private static float[][] resampleRows(byte[] pixels, Region region, int height, Interpolation interpolation) {
        ResampleWeights down = ResampleWeights.of(region.height(), height, interpolation);
        int rowLength = region.width() * 3;
        float[][] result = new float[height][rowLength];
        float[] row = new float[rowLength];
        int firstOpen = 0;
        for (int y = 0; y < region.height(); y++) {
            for (int j = 0; j < rowLength; j++) {
                row[j] = pixels[y * rowLength + j] & 0xFF;
            }
            while (firstOpen < height && down.end(firstOpen) <= y) {
                firstOpen++;
            }
            for (int i = firstOpen; i < height && down.first(i) <= y; i++) {
                if (y < down.end(i)) {
                    addScaled(result[i], row, down.weights(i)[y - down.first(i)]);
                }
            }
        }
        return result;
    }

    private static void addScaled(float[] sum, float[] row, float weight) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += weight * row[j];
        }
    }

    private static byte[] resampleColumns(float[][] rows, int oldWidth, int width, Interpolation interpolation) {
        ResampleWeights across = ResampleWeights.of(oldWidth, width, interpolation);
        byte[] result = new byte[rows.length * width * 3];
        int at = 0;
        for (float[] row : rows) {
            for (int i = 0; i < width; i++) {
                float[] weights = across.weights(i);
                int from = across.first(i) * 3;
                float red = 0;
                float green = 0;
                float blue = 0;
                for (float weight : weights) {
                    red += weight * row[from];
                    green += weight * row[from + 1];
                    blue += weight * row[from + 2];
                    from += 3;
                }
                result[at++] = rounded(red);
                result[at++] = rounded(green);
                result[at++] = rounded(blue);
            }
        }
        return result;
    }

    private static byte rounded(float value) {
        return (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }
}
