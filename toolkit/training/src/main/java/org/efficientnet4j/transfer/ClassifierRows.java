package org.efficientnet4j.transfer;

import java.util.List;

/**
 * The outputs of a trained classifier that a new one takes over.
 *
 * @param trained for each class of the new network the trained network's output, from 0; {@link #NONE} for a class that the
 *     trained network does not know
 */
public record ClassifierRows(List<Integer> trained) {
    /** A class whose weights are drawn. */
    public static final int NONE = -1;

    /** Copies the list. */
    public ClassifierRows {
        trained = List.copyOf(trained);
    }

    /** The outputs of the classes of the same name. */
    public static ClassifierRows byName(List<String> trained, List<String> wanted) {
        return new ClassifierRows(wanted.stream().map(trained::indexOf).toList());
    }

    /** Number of classes taken over. */
    public long kept() {
        return trained.stream().filter(row -> row != NONE).count();
    }
}
