package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The framing of training on photographs: a chance part of the image, of chance area and shape, resized to the square.
 *
 * <p>Source: C. Szegedy et al., Going Deeper with Convolutions (2015), section 6.
 *
 * @param minScale the least share of the image's area, above 0
 * @param maxScale the largest share, at most 1
 * @param minRatio the least width / height
 * @param maxRatio the largest width / height
 */
public record RandomResizedCrop(double minScale, double maxScale, double minRatio, double maxRatio)
        implements RegionFraming {
    private static final int TRIES = 10;

    /**
     * Checks both ranges.
     *
     * @throws InvalidInputException if a range is empty or leaves its bounds
     */
    public RandomResizedCrop {
        if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1)) {
            throw new InvalidInputException(
                    "the crop's scale must hold 0 < min <= max <= 1, but is %s to %s".formatted(minScale, maxScale));
        }
        if (!(minRatio > 0 && minRatio <= maxRatio && Double.isFinite(maxRatio))) {
            throw new InvalidInputException(
                    "the crop's ratio must hold 0 < min <= max, but is %s to %s".formatted(minRatio, maxRatio));
        }
    }

    /**
     * A crop of a least area with the usual shapes, 3/4 to 4/3.
     *
     * @param minScale the least share of the image's area, above 0 up to 1; 0.08 is usual for ImageNet
     */
    public RandomResizedCrop(double minScale) {
        this(minScale, 1, 3.0 / 4, 4.0 / 3);
    }

    @Override
    public Region region(int imageWidth, int imageHeight, FrameTarget target, RandomGenerator random) {
        return region(imageWidth, imageHeight, random);
    }

    /** Draws area and shape until they fit; after ten failures takes the largest central region of an allowed shape. */
    Region region(int imageWidth, int imageHeight, RandomGenerator random) {
        double area = (double) imageWidth * imageHeight;
        for (int i = 0; i < TRIES; i++) {
            double part = area * (minScale + (maxScale - minScale) * random.nextDouble());
            double logRatio = Math.log(minRatio) + (Math.log(maxRatio) - Math.log(minRatio)) * random.nextDouble();
            double ratio = Math.exp(logRatio);
            int width = (int) Math.round(Math.sqrt(part * ratio));
            int height = (int) Math.round(Math.sqrt(part / ratio));
            if (width >= 1 && height >= 1 && width <= imageWidth && height <= imageHeight) {
                int x = random.nextInt(imageWidth - width + 1);
                int y = random.nextInt(imageHeight - height + 1);
                return new Region(x, y, width, height);
            }
        }
        return largestCentral(imageWidth, imageHeight);
    }

    private Region largestCentral(int imageWidth, int imageHeight) {
        double ratio = (double) imageWidth / imageHeight;
        int width = imageWidth;
        int height = imageHeight;
        if (ratio < minRatio) {
            height = (int) Math.max(1, Math.round(imageWidth / minRatio));
        } else if (ratio > maxRatio) {
            width = (int) Math.max(1, Math.round(imageHeight * maxRatio));
        }
        return Region.centred(imageWidth, imageHeight, Math.min(width, imageWidth), Math.min(height, imageHeight));
    }
}
