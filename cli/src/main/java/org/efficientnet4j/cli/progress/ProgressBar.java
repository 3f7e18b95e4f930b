package org.efficientnet4j.cli.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Draws one line of progress: a label, a bar, figures. What does not fit is left out, the last figures first. */
public final class ProgressBar {
    private static final int WIDEST = 30;
    private static final int NARROWEST = 5;
    private static final String GAP = "  ";

    private ProgressBar() {}

    /**
     * A line of at most {@code width} columns.
     *
     * @param width columns to fill at most
     * @param label what is going on
     * @param done share done, in [0, 1]
     * @param figures what to say about it, the most important first
     */
    static String draw(int width, String label, double done, List<String> figures) {
        String percent = String.format(Locale.ROOT, "%3.0f%%", 100 * Math.min(1, Math.max(0, done)));
        int room = width - label.length() - GAP.length() - percent.length() - 3; // brackets and a blank
        StringBuilder shown = new StringBuilder();
        for (String figure : figures) {
            if (shown.length() + GAP.length() + figure.length() > room - NARROWEST) {
                break;
            }
            shown.append(GAP).append(figure);
        }
        int bar = Math.min(WIDEST, room - shown.length());
        if (bar < NARROWEST) {
            String line = label + GAP + percent;
            return line.substring(0, Math.min(line.length(), Math.max(0, width)));
        }
        int full = (int) Math.floor(Math.min(1, Math.max(0, done)) * bar);
        return label + GAP + "[" + "#".repeat(full) + ".".repeat(bar - full) + "] " + percent + shown;
    }

    /** A duration for people: {@code 42s}, {@code 3m 05s}, {@code 2h 07m}. */
    public static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
    }
}
