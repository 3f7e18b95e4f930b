package org.efficientnet4j.cli.explain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.explain.SaliencyMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures of images, of heat maps over them and of feature maps. */
final class HeatPicture {
    /** The colours of 0, a quarter, a half, three quarters and 1: dark to light, so that they survive grey printing. */
    private static final int[] COLOURS = {0x000004, 0x57106e, 0xbc3754, 0xf98e09, 0xfcffa4};

    private static final double HEAT = 0.6;
    private static final int TILES = 4;
    private static final int GAP = 4;

    /** Between feature maps. */
    private static final int FRAME = 0x8899aa;

    private HeatPicture() {}

    /** An image {@code [3, H, W]} of values in 0 to 1. */
    static BufferedImage of(INDArray rgb) {
        int height = (int) rgb.size(1);
        int width = (int) rgb.size(2);
        float[] values = rgb.dup('c').data().asFloat();
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            int colour = 0;
            for (int channel = 0; channel < 3; channel++) {
                colour = colour << 8 | level(values[channel * height * width + i]);
            }
            picture.setRGB(i % width, i / width, colour);
        }
        return picture;
    }

    /** The image under its heat, as shares of the map's largest value; what is below 0 is cold. */
    static BufferedImage over(BufferedImage image, SaliencyMap heat) {
        float largest = heat.largest();
        BufferedImage picture = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                float value = heat.at((y + 0.5) / image.getHeight(), (x + 0.5) / image.getWidth());
                double share = largest > 0 ? Math.max(0, value / largest) : 0;
                picture.setRGB(x, y, mixed(image.getRGB(x, y), colour(share)));
            }
        }
        return picture;
    }

    /**
     * The feature maps that answer most on average, each from its least value (dark) to its largest.
     *
     * @param maps {@code [H, W, C]}
     */
    static BufferedImage featureMaps(INDArray maps, int side) {
        int height = (int) maps.size(0);
        int width = (int) maps.size(1);
        int channels = (int) maps.size(2);
        float[] values = maps.dup('c').data().asFloat();
        double[] sums = new double[channels];
        for (int i = 0; i < values.length; i++) {
            sums[i % channels] += Math.abs(values[i]);
        }
        int[] strongest = IntStream.range(0, channels)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -sums[channel]))
                .limit(TILES * TILES)
                .mapToInt(Integer::intValue)
                .toArray();
        int tile = (side - GAP * (TILES - 1)) / TILES;
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            picture.setRGB(i % side, i / side, FRAME);
        }
        for (int i = 0; i < strongest.length; i++) {
            int channel = strongest[i];
            float least = Float.POSITIVE_INFINITY;
            float largest = Float.NEGATIVE_INFINITY;
            for (int pixel = 0; pixel < height * width; pixel++) {
                least = Math.min(least, values[pixel * channels + channel]);
                largest = Math.max(largest, values[pixel * channels + channel]);
            }
            for (int y = 0; y < tile; y++) {
                for (int x = 0; x < tile; x++) {
                    int pixel = y * height / tile * width + x * width / tile;
                    float value = values[pixel * channels + channel];
                    double share = largest > least ? (value - least) / (largest - least) : 0;
                    picture.setRGB(i % TILES * (tile + GAP) + x, i / TILES * (tile + GAP) + y, colour(share));
                }
            }
        }
        return picture;
    }

    /** Writes a PNG file, whole or not at all. */
    static void write(BufferedImage picture, Path file) {
        AtomicFiles.write(file, out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("This Java cannot write PNG files");
            }
        });
    }

    private static int colour(double share) {
        double place = Math.max(0, Math.min(1, share)) * (COLOURS.length - 1);
        int from = Math.min(COLOURS.length - 2, (int) place);
        double rest = place - from;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double value = (COLOURS[from] >> shift & 0xFF) * (1 - rest) + (COLOURS[from + 1] >> shift & 0xFF) * rest;
            colour |= (int) Math.round(value) << shift;
        }
        return colour;
    }

    private static int mixed(int image, int heat) {
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double value = (image >> shift & 0xFF) * (1 - HEAT) + (heat >> shift & 0xFF) * HEAT;
            colour |= (int) Math.round(value) << shift;
        }
        return colour;
    }

    private static int level(float share) {
        return Math.max(0, Math.min(255, Math.round(share * 255)));
    }
}
