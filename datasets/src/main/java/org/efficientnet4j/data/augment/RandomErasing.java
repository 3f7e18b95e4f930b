package org.efficientnet4j.data.augment;

import java.util.Objects;
import java.util.random.RandomGenerator;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Erases a rectangle of chance area, shape and place from some images, after normalisation. A rectangle that does not fit
 * is drawn again, up to ten times; then the image stays.
 *
 * <p>Source: arXiv 1708.04896; usual ranges and fillings as in torchvision and timm.
 *
 * @param probability how often, 0 to 1
 * @param minArea the least share of the image's area, at least 0
 * @param maxArea the largest share, at most 1
 * @param minRatio the least height / width, above 0
 * @param maxRatio the largest height / width
 * @param filling what takes the pixels' place
 */
public record RandomErasing(
        double probability, double minArea, double maxArea, double minRatio, double maxRatio, Filling filling)
        implements BatchOperation {
    /** The least share of the area, unless said otherwise. */
    public static final double USUAL_MIN_AREA = 0.02;
    /** The largest share of the area, unless said otherwise. */
    public static final double USUAL_MAX_AREA = 1.0 / 3;
    /** The least height / width, unless said otherwise. */
    public static final double USUAL_MIN_RATIO = 0.3;
    /** The largest height / width, unless said otherwise. */
    public static final double USUAL_MAX_RATIO = 1 / 0.3;

    private static final int TRIES = 10;

    /** Fill of the erased pixels. */
    public enum Filling {
        /** Zero, the mean colour of the normalisation. */
        CONSTANT,
        /** Each value from a standard normal distribution. */
        NOISE
    }

    /** @throws InvalidInputException for a probability or range out of bounds */
    public RandomErasing {
        Objects.requireNonNull(filling, "filling");
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidInputException("erasing's probability must lie in [0, 1], found " + probability);
        }
        if (!(minArea >= 0 && minArea <= maxArea && maxArea <= 1)) {
            throw new InvalidInputException(
                    "erasing's area must hold 0 <= min <= max <= 1, found " + minArea + " to " + maxArea);
        }
        if (!(minRatio > 0 && minRatio <= maxRatio && Double.isFinite(maxRatio))) {
            throw new InvalidInputException(
                    "erasing's ratio must hold 0 < min <= max, found " + minRatio + " to " + maxRatio);
        }
    }

    /**
     * Erasing 2% to 33% of an image, in shapes from 3:10 to 10:3.
     *
     * @param probability how often, 0 to 1
     * @param filling what takes the pixels' place
     */
    public RandomErasing(double probability, Filling filling) {
        this(probability, USUAL_MIN_AREA, USUAL_MAX_AREA, USUAL_MIN_RATIO, USUAL_MAX_RATIO, filling);
    }

    @Override
    public void apply(INDArray features, INDArray labels, RandomGenerator random) {
        for (int i = 0; i < features.size(0); i++) {
            if (random.nextDouble() < probability) {
                erase(features, i, random);
            }
        }
    }

    private void erase(INDArray features, int image, RandomGenerator random) {
        int rows = (int) features.size(1);
        int columns = (int) features.size(2);
        for (int i = 0; i < TRIES; i++) {
            double area = rows * columns * between(minArea, maxArea, random);
            double ratio = Math.exp(between(Math.log(minRatio), Math.log(maxRatio), random));
            int height = (int) Math.round(Math.sqrt(area * ratio));
            int width = (int) Math.round(Math.sqrt(area / ratio));
            if (height >= 1 && width >= 1 && height < rows && width < columns) {
                int y = random.nextInt(rows - height + 1);
                int x = random.nextInt(columns - width + 1);
                INDArrayIndex[] rectangle = {
                    NDArrayIndex.point(image),
                    NDArrayIndex.interval(y, y + height),
                    NDArrayIndex.interval(x, x + width),
                    NDArrayIndex.all()
                };
                fill(features.get(rectangle), height, width, (int) features.size(3), random);
                return;
            }
        }
    }

    private void fill(INDArray rectangle, int height, int width, int channels, RandomGenerator random) {
        if (filling == Filling.CONSTANT) {
            rectangle.assign(0);
            return;
        }
        float[] noise = new float[height * width * channels];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        try (INDArray values = Nd4j.create(noise, new long[] {height, width, channels}, 'c')) {
            rectangle.assign(values);
        }
    }

    private static double between(double low, double high, RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }
}
