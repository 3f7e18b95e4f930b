package org.efficientnet4j.train;

import org.efficientnet4j.data.InvalidInputException;

/**
 * When a network is judged, and when training gives up; {@code validation} in config.yaml. The best epoch is the one of
 * the highest top-1, the lower loss deciding between equals.
 *
 * @param every epochs from one validation to the next; the last epoch is always validated
 * @param patience validations without a better one after which training stops; 0 for never
 */
public record ValidationOptions(int every, int patience) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public ValidationOptions {
        Checks.atLeast("validation.every", every, 1);
        Checks.atLeast("validation.patience", patience, 0);
    }
}
