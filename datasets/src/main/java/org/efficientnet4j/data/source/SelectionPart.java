package org.efficientnet4j.data.source;

import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;

/**
 * A part of the training images that networks are chosen by, so that the images a data set itself holds out are left for a
 * last judgement.
 */
final class SelectionPart {
    /** The seed of every division: a training's own seed must not move an image from one part to another. */
    static final long SEED = 0;

    private SelectionPart() {}

    /**
     * Holds training images out as the validation part; what was held out before becomes the test part.
     *
     * @param choice a share between 0 and 1 (both excluded), or a number of images
     * @throws InvalidInputException for another choice, or no class with two training images
     */
    static DataParts carve(DataParts parts, String choice) {
        if (parts.train().isPresent()
                && parts.validation().isPresent()
                && parts.test().isPresent()) {
            return parts;
        }
        DataSplits splits = parts.splits();
        ImageSource train = splits.train();
        DataParts drawn = StratifiedSplit.draw(
                train, new SplitOptions(share(choice, train.size()), SEED).exact(), parts.leftOut());
        if (drawn.validation().isEmpty()) {
            throw new InvalidInputException("To hold training images out for a selection, some class must have two or"
                    + " more; " + train.description() + " has none");
        }
        return new DataParts(
                drawn.train(), drawn.validation(), Optional.of(splits.validation()), Optional.empty(), parts.leftOut());
    }

    private static double share(String choice, int images) {
        try {
            double value = Double.parseDouble(choice);
            if (value > 0 && value < 1) {
                return value;
            }
            if (value >= 1 && value == Math.rint(value) && value < images) {
                return value / images;
            }
        } catch (NumberFormatException e) {
            throw malformed(choice, images, e);
        }
        throw malformed(choice, images, null);
    }

    private static InvalidInputException malformed(String choice, int images, Exception cause) {
        return new InvalidInputException(
                "A selection must be a share between 0 and 1 or a number of images below the " + images
                        + " to train on, found \"" + choice + "\"",
                cause);
    }
}
