package org.efficientnet4j.search.space;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;

/** Large numbers as people write them: {@code 400M}, {@code 1.5G}, {@code 300000}. */
public final class Counts {
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kKMG]?)");

    private Counts() {}

    /**
     * A number with an optional k, M or G for thousands, millions and thousands of millions.
     *
     * @param text null for no limit
     * @return {@link Long#MAX_VALUE} for no limit
     * @throws InvalidInputException for anything else
     */
    public static long parse(String option, String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    option + " must be a number such as 400M, 1.5G or 300000, found '" + text + "'");
        }
        double factor =
                switch (matcher.group(2)) {
                    case "k", "K" -> 1e3;
                    case "M" -> 1e6;
                    case "G" -> 1e9;
                    default -> 1;
                };
        return (long) (Double.parseDouble(matcher.group(1)) * factor);
    }
}
