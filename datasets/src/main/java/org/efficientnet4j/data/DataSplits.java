package org.efficientnet4j.data;

import java.util.Objects;

/**
 * The two halves of a data set: what a network learns from and what it is judged on. Both have the same labels.
 *
 * @param train the images to learn from
 * @param validation the images held out
 */
public record DataSplits(ImageSource train, ImageSource validation) {
    /**
     * Checks that both halves speak of the same classes.
     *
     * @throws IllegalArgumentException if their labels differ
     */
    public DataSplits {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
        if (!train.labels().equals(validation.labels())) {
            throw new IllegalArgumentException("both splits must have the same labels, but training has "
                    + train.labels() + " and validation " + validation.labels());
        }
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
