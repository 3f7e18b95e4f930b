package org.efficientnet4j.search.report;

import java.util.Locale;

/** Numbers and colours as the report shows them. */
final class Figures {
    // A perceptually even ramp from deep blue over teal to yellow (after matplotlib's viridis).
    private static final int[][] RAMP = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {253, 231, 37}};

    private Figures() {}

    /** A colour for a share in [0, 1]. */
    static String colour(double share) {
        double place = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
        int below = Math.min(RAMP.length - 2, (int) place);
        double rest = place - below;
        int[] rgb = new int[3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (int) Math.round(RAMP[below][i] * (1 - rest) + RAMP[below + 1][i] * rest);
        }
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }

    /** A large count. */
    static String count(long value) {
        return count((double) value);
    }

    /** A large count: 5.3 M, 390 M, 1.83 G. */
    static String count(double value) {
        if (value >= 1e9) {
            return String.format(Locale.ROOT, "%.2f G", value / 1e9);
        }
        if (value >= 1e6) {
            return String.format(Locale.ROOT, value >= 1e8 ? "%.0f M" : "%.1f M", value / 1e6);
        }
        return value >= 1e3
                ? String.format(Locale.ROOT, "%.1f k", value / 1e3)
                : String.format(Locale.ROOT, "%.0f", value);
    }

    /** A coefficient or score with up to so many decimals. */
    static String decimal(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
