package org.efficientnet4j.data.pipeline;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.HorizontalFlip;

/** Channels of a pipeline's features: luminance (1), red, green and blue (3), or these and alpha (4). */
final class ImageChannels {
    static final int RGB = 3;

    private static final int RGBA = 4;

    private ImageChannels() {}

    /** Refuses other numbers, and operations on colours of images with an alpha channel. */
    static void require(int channels, AugmentationPolicy augmentation) {
        if (channels != 1 && channels != RGB && channels != RGBA) {
            throw new InvalidInputException("The channels must be 1, 3 or 4, found " + channels);
        }
        if (channels == RGBA && !augmentation.operations().stream().allMatch(HorizontalFlip.class::isInstance)) {
            throw new InvalidInputException("Images of 4 channels must be varied by framing and mirroring alone, found "
                    + augmentation.operations() + ": operations on colours are defined on RGB");
        }
    }

    /**
     * The mean or deviation of a channel: luminance and alpha have the average of the three colours'.
     *
     * @param colours of red, green and blue
     */
    static float statistic(List<Float> colours, int channels, int channel) {
        return channels == 1 || channel == RGB
                ? (colours.get(0) + colours.get(1) + colours.get(2)) / RGB
                : colours.get(channel);
    }

    /** Luminance of ITU-R BT.601, rounded as Pillow's mode "L" is. */
    static byte[] luminance(byte[] rgb) {
        byte[] grey = new byte[rgb.length / RGB];
        for (int i = 0; i < grey.length; i++) {
            int red = rgb[RGB * i] & 0xFF;
            int green = rgb[RGB * i + 1] & 0xFF;
            int blue = rgb[RGB * i + 2] & 0xFF;
            grey[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
        }
        return grey;
    }

    /**
     * Colours and alpha of an image, interleaved.
     *
     * @param rgb shape [size, size, 3]
     * @param alpha shape [size, size, 3], three equal channels
     * @return shape [size, size, 4]
     */
    static byte[] withAlpha(byte[] rgb, byte[] alpha) {
        byte[] rgba = new byte[rgb.length / RGB * RGBA];
        for (int i = 0; i < rgba.length / RGBA; i++) {
            System.arraycopy(rgb, RGB * i, rgba, RGBA * i, RGB);
            rgba[RGBA * i + RGB] = alpha[RGB * i];
        }
        return rgba;
    }
}
