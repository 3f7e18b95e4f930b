package org.efficientnet4j.weights;

import java.util.ArrayList;
import java.util.List;

/** Collects what a reader chose and left out of a file, in sentences for the user. */
public final class Remarks {
    /** The largest number of names in a sentence. */
    public static final int MOST_NAMES = 6;

    private final List<String> sentences = new ArrayList<>();

    /** No remarks yet. */
    public Remarks() {}

    /**
     * Adds a sentence.
     *
     * @param sentence without a full stop
     */
    public void add(String sentence) {
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    /** Adds that entries are no weights; nothing where there are none. */
    public void ignored(List<String> names) {
        if (!names.isEmpty()) {
            String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
            int more = names.size() - MOST_NAMES;
            add("Ignored " + shown + (more > 0 ? " and " + more + " more" : "") + ", which are no weights");
        }
    }

    /** The sentences so far. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }
}
