package org.efficientnet4j.train.options;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.augment.RandomErasing;
import org.efficientnet4j.data.augment.RandomErasing.Filling;

/**
 * Rectangles erased from training images; {@code erasing} in config.yaml. Source: arXiv 1708.04896.
 *
 * @param probability how often an image loses one, in [0, 1]; 0 for never
 * @param minArea the least share of the image's area, in [0, 1]
 * @param maxArea the largest share, at least the least
 * @param minRatio the least height / width, above 0
 * @param maxRatio the largest height / width, at least the least
 * @param filling what takes the pixels' place
 */
public record ErasingOptions(
        double probability, double minArea, double maxArea, double minRatio, double maxRatio, Filling filling) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public ErasingOptions {
        Objects.requireNonNull(filling, "filling");
        Checks.fraction("erasing.probability", probability);
        Checks.fraction("erasing.minArea", minArea);
        Checks.fraction("erasing.maxArea", maxArea);
        Checks.positive("erasing.minRatio", minRatio);
        Checks.positive("erasing.maxRatio", maxRatio);
        Checks.ordered("erasing.minArea", minArea, "erasing.maxArea", maxArea);
        Checks.ordered("erasing.minRatio", minRatio, "erasing.maxRatio", maxRatio);
    }

    /** What does it to a batch. */
    public RandomErasing operation() {
        return new RandomErasing(probability, minArea, maxArea, minRatio, maxRatio, filling);
    }
}
