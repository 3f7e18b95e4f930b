package org.efficientnet4j.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Files of a source that are not among its images, all for the same reason.
 *
 * @param reason as a noun phrase in the plural for any number, such as {@code broken links}
 * @param count how many files, at least 1
 * @param examples the first few of them
 * @param expected whether leaving such files out is nothing to worry about, as with hidden files
 */
public record LeftOut(String reason, int count, List<String> examples, boolean expected) {
    private static final int SHOWN = 3;

    /**
     * Copies the examples.
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public LeftOut {
        Objects.requireNonNull(reason, "reason");
        examples = List.copyOf(examples);
        if (count < 1) {
            throw new IllegalArgumentException("The count of files left out must be positive, found " + count);
        }
    }

    /**
     * A line for logs and reports.
     *
     * @return such as {@code broken links: 2 (cat/1.jpg, cat/2.jpg)}
     */
    @Override
    public String toString() {
        String shown = String.join(", ", examples.subList(0, Math.min(SHOWN, examples.size())));
        String more = count > Math.min(SHOWN, examples.size()) ? ", ..." : "";
        return String.format(Locale.ROOT, "%s: %,d (%s%s)", reason, count, shown, more);
    }

    /** Gathers files by reason, in the order of the reasons' first occurrence. */
    public static final class Tally {
        private final Map<String, List<String>> files = new LinkedHashMap<>();
        private final Map<String, Boolean> expected = new LinkedHashMap<>();

        /** Creates an empty tally. */
        public Tally() {}

        /**
         * Counts a file that should have been an image.
         *
         * @param reason why it is left out, in the plural
         * @param file its name
         */
        public void add(String reason, String file) {
            files.computeIfAbsent(reason, key -> new ArrayList<>()).add(file);
            expected.putIfAbsent(reason, false);
        }

        /**
         * Counts a file that nobody would take for an image of the source.
         *
         * @param reason why it is left out, in the plural
         * @param file its name
         */
        public void addExpected(String reason, String file) {
            expected.putIfAbsent(reason, true);
            add(reason, file);
        }

        /**
         * The files so far.
         *
         * @return one entry a reason
         */
        public List<LeftOut> all() {
            return files.entrySet().stream()
                    .map(entry -> new LeftOut(
                            entry.getKey(),
                            entry.getValue().size(),
                            entry.getValue()
                                    .subList(0, Math.min(SHOWN, entry.getValue().size())),
                            expected.get(entry.getKey())))
                    .toList();
        }
    }
}
