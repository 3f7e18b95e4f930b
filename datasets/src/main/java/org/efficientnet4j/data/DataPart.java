package org.efficientnet4j.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A part of a data set. */
public enum DataPart {
    /** The images that a network learns from. */
    TRAIN("train", "training", "trn"),
    /** The images held out while it learns. */
    VALIDATION("val", "valid", "validation", "dev", "eval"),
    /** The images kept for a last judgement. */
    TEST("test", "testing", "tst"),
    /** Every image of the data set. */
    ALL();

    private final Set<String> spellings;

    DataPart(String... spellings) {
        this.spellings = Set.of(spellings);
    }

    /**
     * The part that a folder's name or a table's entry means.
     *
     * @param name in any case, such as {@code Train}, {@code val} or {@code testing}
     * @return the part, never {@link #ALL}; empty for any other name
     */
    public static Optional<DataPart> named(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(part -> part.spellings.contains(plain))
                .findFirst();
    }

    /** The part's name in lower case, as the command line takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
