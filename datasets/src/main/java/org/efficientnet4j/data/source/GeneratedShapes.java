package org.efficientnet4j.data.source;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.Seeds;

/**
 * Pictures painted on request, needing no file: an anti-aliased figure on a textured ground with clutter; the label is
 * the figure (ten classes, evenly many of each). Colour, texture, position, size and a rotation by up to half a radian either
 * way are chance and tell nothing about the figure. A picture depends only on seed and index.
 */
public final class GeneratedShapes implements ImageSource {
    /** How many pictures {@code shapes} means without a number. */
    public static final int DEFAULT_COUNT = 8000;

    /** The side of a picture where none is asked for, in pixels. */
    public static final int DEFAULT_SIDE = 64;

    private static final List<Figure> FIGURES = List.of(Figure.values());
    private static final int MIN_SIDE = 16;
    private static final int MAX_SIDE = 4096;

    private final int count;
    private final long seed;
    private final int side;

    /**
     * Describes a set of pictures; nothing is painted yet.
     *
     * @param count how many, at least one
     * @param seed what the pictures are drawn from
     * @param side their side in pixels, 16 to 4096
     * @throws InvalidInputException if the count or the side is out of range
     */
    public GeneratedShapes(int count, long seed, int side) {
        if (count < 1) {
            throw new InvalidInputException("shapes:N needs a positive number of pictures, but got " + count);
        }
        if (side < MIN_SIDE || side > MAX_SIDE) {
            throw new InvalidInputException(
                    "the side of generated pictures must be " + MIN_SIDE + " to " + MAX_SIDE + ", but is " + side);
        }
        this.count = count;
        this.seed = seed;
        this.side = side;
    }

    @Override
    public List<String> labels() {
        return FIGURES.stream()
                .map(figure -> figure.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public int label(int index) {
        return Objects.checkIndex(index, count) % FIGURES.size();
    }

    @Override
    public String id(int index) {
        return "shapes[" + Objects.checkIndex(index, count) + "]";
    }

    @Override
    public Mat read(int index) {
        Figure figure = FIGURES.get(label(index));
        SplittableRandom random = Seeds.generator(seed, index);
        return RgbImages.fromPixels(new ShapePainter(side, random).paint(figure), side, side);
    }

    @Override
    public String description() {
        return "%d generated shapes of %d figures (seed %d, %d px)".formatted(count, FIGURES.size(), seed, side);
    }

    @Override
    public boolean tightlyFramed() {
        return true;
    }
}
