package org.efficientnet4j.core;

import java.util.Objects;

/**
 * Preparation of an image for a prediction: it is resized, its centre is cut out, its pixels are
 * normalised.
 *
 * @param size side of the square the network sees, in pixels
 * @param cropFraction side of the centre cut out as a share of the resized image's, in (0, 1]
 * @param normalization what the network expects of its pixels
 */
public record Preprocessing(int size, double cropFraction, Normalization normalization) {
    /** @throws InvalidInputException for a size below 1 or a fraction outside (0, 1] */
    public Preprocessing {
        Objects.requireNonNull(normalization, "normalization");
        if (size < 1) {
            throw new InvalidInputException("An image size must be at least 1, found " + size);
        }
        if (!(cropFraction > 0 && cropFraction <= 1)) {
            throw new InvalidInputException("A crop fraction must lie in (0, 1], found " + cropFraction);
        }
    }
}
