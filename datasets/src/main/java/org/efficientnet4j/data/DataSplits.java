package org.efficientnet4j.data;

import java.util.List;
import java.util.Objects;

/**
 * The two halves of a data set: what a network learns from and what it is judged on. Both have the same labels.
 *
 * @param train the images to learn from
 * @param validation the images held out
 * @param leftOut the files of the data set that are not among its images
 */
public record DataSplits(ImageSource train, ImageSource validation, List<LeftOut> leftOut) {
    /**
     * Checks that both halves speak of the same classes.
     *
     * @throws IllegalArgumentException if their labels differ
     */
    public DataSplits {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
        leftOut = List.copyOf(leftOut);
        if (!train.labels().equals(validation.labels())) {
            throw new IllegalArgumentException("Both halves must have the same labels, found " + train.labels()
                    + " for training and " + validation.labels() + " for validation");
        }
    }

    /**
     * Two halves of a data set of which nothing is left out.
     *
     * @param train the images to learn from
     * @param validation the images held out
     * @throws IllegalArgumentException if their labels differ
     */
    public DataSplits(ImageSource train, ImageSource validation) {
        this(train, validation, List.of());
    }

    /**
     * Both halves as one source.
     *
     * @return the training images, then those held out
     */
    public ImageSource all() {
        return new JoinedSource(train, validation);
    }
}
