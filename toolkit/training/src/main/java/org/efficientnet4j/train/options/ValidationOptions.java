package org.efficientnet4j.train.options;

import org.efficientnet4j.core.InvalidInputException;

/**
 * When a network is judged, and when training gives up; {@code validation} in config.yaml. The best epoch is the one of
 * the highest top-1, the lower loss deciding between equals.
 *
 * @param every epochs from one validation to the next; the last epoch is always validated
 * @param patience validations without a better one after which training stops; 0 for never
 * @param recalibrate training batches over which batch norm's statistics are measured anew before each validation, for
 *     the judged and saved network alone; 0 for the running statistics
 */
public record ValidationOptions(int every, int patience, int recalibrate) {
    /** @throws InvalidInputException for a value outside its range, named by its key */
    public ValidationOptions {
        Checks.atLeast("validation.every", every, 1);
        Checks.atLeast("validation.patience", patience, 0);
        Checks.atLeast("validation.recalibrate", recalibrate, 0);
    }

    /** Whether an epoch, counted from 1, ends with a validation; the last one always does. */
    public boolean isDue(int epoch, int epochs) {
        return epoch % every == 0 || epoch == epochs;
    }

    /** How many validations come after so many completed epochs. */
    public long from(int completed, int epochs) {
        return (epochs - completed + every - 1L) / every;
    }
}
