package org.efficientnet4j.core;

import java.util.Locale;

/** Numbers as messages show them. */
public final class Numbers {
    private Numbers() {}

    /** A whole number in groups of three digits: {@code 1,234,567}. */
    public static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * A number of things, with the noun in the right form: {@code 1 tensor}, {@code 2,000 tensors}.
     *
     * @param noun in the singular; its plural ends in s
     */
    public static String counted(long value, String noun) {
        return grouped(value) + " " + (value == 1 ? noun : noun + "s");
    }
}
