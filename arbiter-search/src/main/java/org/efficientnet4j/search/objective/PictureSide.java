package org.efficientnet4j.search.objective;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;

/** The size of a data set's own pictures. */
public final class PictureSide {
    private static final int SAMPLED = 25;
    private static final double HELD_OUT = 0.2;

    private PictureSide() {}

    /**
     * The median of some training pictures' shorter sides, in pixels.
     *
     * @param source the images as the command line writes them
     * @return empty if none of them can be read
     * @throws org.efficientnet4j.core.InvalidInputException if the source cannot be opened
     */
    public static OptionalInt of(String source, long seed) {
        ImageSource images =
                ImageSources.open(source, new SplitOptions(HELD_OUT, seed)).train();
        int[] sides = IntStream.range(0, Math.min(SAMPLED, images.size()))
                .map(i -> side(images, (int) ((long) i * images.size() / SAMPLED % images.size())))
                .filter(side -> side > 0)
                .sorted()
                .toArray();
        return Arrays.stream(sides).skip(sides.length / 2).findFirst();
    }

    private static int side(ImageSource images, int index) {
        try (Mat image = images.read(index)) {
            return Math.min(image.rows(), image.cols());
        } catch (ImageReadException e) {
            return 0; // training tells of unreadable images
        }
    }
}
