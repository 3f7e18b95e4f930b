package org.efficientnet4j.train;

import java.util.Objects;

/**
 * An image that a network took for something else.
 *
 * @param id the image's name in its source
 * @param truth its class
 * @param predicted the class it was taken for
 * @param probability of the predicted class, in [0, 1]
 * @param truthProbability of the true class, in [0, 1]
 * @param picture the image, small, as a data URI of a PNG or a JPEG
 */
public record Mistake(
        String id, String truth, String predicted, double probability, double truthProbability, String picture) {
    /** Checks that nothing is missing. */
    public Mistake {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(predicted, "predicted");
        Objects.requireNonNull(picture, "picture");
    }
}
