package org.efficientnet4j.cli.commands;

import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.data.check.ClassCounts;

/** A comparison of a network with one that always gives the same answer. */
final class ConstantAnswer {
    /** Half an image of a million: equal shares that were computed in two ways. */
    private static final double ROUNDING = 5e-7;

    private ConstantAnswer() {}

    /** A warning about an accuracy that needs no network. */
    static Optional<String> warning(ClassCounts counts, double top1) {
        if (counts.commonestShare() <= 0 || top1 > counts.commonestShare() + ROUNDING) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The accuracy of %.1f %% is no better than that of always answering %s, which is right for %.1f %% of the"
                        + " held-out images: train longer, or on more even classes.",
                100 * top1,
                counts.commonest().label(),
                100 * counts.commonestShare()));
    }
}
