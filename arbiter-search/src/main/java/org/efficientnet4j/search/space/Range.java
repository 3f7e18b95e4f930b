package org.efficientnet4j.search.space;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The values a search may choose a number from: an interval, or one value.
 *
 * @param low the least
 * @param high the most, at least low
 */
public record Range(
        @JsonProperty("low") double low,
        @JsonProperty("high") double high) implements Serializable {
    private static final double ROUNDING = 1e-9;

    /** @throws InvalidInputException unless low and high are finite and in order */
    public Range {
        if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new InvalidInputException(
                    "A range must go from a number to one at least as large, found " + low + " to " + high);
        }
    }

    /**
     * Reads {@code 1.2} as one value and {@code 1:1.4} as an interval.
     *
     * @param name whose range it is, for the message
     * @throws InvalidInputException for anything else
     */
    public static Range parse(String name, String text) {
        String[] ends = text.split(":", -1);
        try {
            if (ends.length <= 2) {
                return new Range(Double.parseDouble(ends[0]), Double.parseDouble(ends[ends.length - 1]));
            }
        } catch (NumberFormatException e) {
            throw malformed(name, text, e);
        }
        throw malformed(name, text, null);
    }

    private static InvalidInputException malformed(String name, String text, Exception cause) {
        return new InvalidInputException(
                name + " must be a number such as 1.2 or a range such as 1:1.4, found '" + text + "'", cause);
    }

    /** The form that {@link #parse} reads. */
    public String format() {
        return fixed() ? String.valueOf(low) : low + ":" + high;
    }

    /** True if there is nothing to choose. */
    public boolean fixed() {
        return low == high;
    }

    /** True for a value from the least to the most, but for rounding in the ninth decimal. */
    public boolean contains(double value) {
        return value >= low - ROUNDING && value <= high + ROUNDING;
    }

    /** The value at a share of the way, in [0, 1]. */
    public double at(double share) {
        return low + (high - low) * share;
    }

    /** The share of the way at which a value lies. */
    public double share(double value) {
        return fixed() ? 0 : (value - low) / (high - low);
    }
}
