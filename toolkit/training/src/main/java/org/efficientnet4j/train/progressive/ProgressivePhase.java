package org.efficientnet4j.train.progressive;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A part of a run with one image size and one strength of regularisation.
 *
 * @param size image height and width in pixels, at least 1
 * @param batch images a step, at least 1
 * @param epochs passes over the training images, at least 1
 * @param strengths of the regularisation
 */
public record ProgressivePhase(int size, int batch, int epochs, Strengths strengths) {
    /** @throws InvalidInputException for a number below 1 */
    public ProgressivePhase {
        Objects.requireNonNull(strengths, "strengths");
        if (size < 1 || batch < 1 || epochs < 1) {
            throw new InvalidInputException("A phase needs a size, a batch and epochs of at least 1, found " + size
                    + " px, batch " + batch + ", " + epochs + " epochs");
        }
    }
}
