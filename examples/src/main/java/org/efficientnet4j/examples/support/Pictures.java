package org.efficientnet4j.examples.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.data.RgbImages;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images as pictures that Java draws and writes. */
public final class Pictures {
    private static final int MOST = 255;

    private Pictures() {}

    /** The picture of a decoded image, 8-bit RGB. */
    public static BufferedImage of(Mat rgb) {
        byte[] pixels = RgbImages.toPixels(rgb);
        BufferedImage picture = new BufferedImage(rgb.cols(), rgb.rows(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.length / 3; i++) {
            int colour = (pixels[3 * i] & MOST) << 16 | (pixels[3 * i + 1] & MOST) << 8 | (pixels[3 * i + 2] & MOST);
            picture.setRGB(i % rgb.cols(), i / rgb.cols(), colour);
        }
        return picture;
    }

    /**
     * The picture of what a network is given.
     *
     * @param image {@code [3, H, W]}, normalised
     * @param normalization by which it was
     */
    public static BufferedImage of(INDArray image, Normalization normalization) {
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int colour = 0;
                for (int c = 0; c < 3; c++) {
                    double value =
                            image.getDouble(c, y, x) * normalization.std().get(c)
                                    + normalization.mean().get(c);
                    colour = colour << 8 | (int) Math.max(0, Math.min(MOST, Math.round(value)));
                }
                picture.setRGB(x, y, colour);
            }
        }
        return picture;
    }

    /** Writes a PNG file, wholly or not at all. */
    public static void write(BufferedImage picture, Path file) {
        AtomicFiles.write(file, out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("this Java has no PNG writer");
            }
        });
    }
}
