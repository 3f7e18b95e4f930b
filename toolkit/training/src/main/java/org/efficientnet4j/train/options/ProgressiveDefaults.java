package org.efficientnet4j.train.options;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.Strengths;

/** Defaults of a progressive run, which depend on one another and on the model. */
final class ProgressiveDefaults {
    private ProgressiveDefaults() {}

    static boolean growsByRule(Settings settings) {
        return switch (settings.get(ProgressiveOptions.MODE)) {
            case PAPER, AUTOML -> true;
            case OFF, EXPLICIT -> false;
        };
    }

    /** The range of a run that grows by rule, at the size asked for; empty for others. */
    static Optional<ProgressiveRange> range(Settings settings) {
        if (!growsByRule(settings)) {
            return Optional.empty();
        }
        ProgressiveRange range = ProgressiveRange.byDefault(
                settings.get(ProgressiveOptions.MODE),
                settings.model(),
                settings.get(RegularizationOptions.DROP_CONNECT_RATE));
        int stride = settings.model().plan().stride();
        return Optional.of(settings.given(DataOptions.SIZE)
                .map(size -> range.endingAt(size, stride))
                .orElse(range));
    }

    /** The strengths of the start, as published but never above the end's. */
    static Strengths start(Settings settings) {
        return range(settings).orElseThrow().min().atMost(RegularizationOptions.strengths(settings));
    }

    /** The stride, since sizes in between cost as much as the next multiple; but 1 in a published range. */
    static int sizeMultiple(Settings settings) {
        ProgressiveMode mode = settings.get(ProgressiveOptions.MODE);
        boolean published = ProgressiveRange.isPublished(mode, settings.model())
                && !settings.isSet(DataOptions.SIZE)
                && !settings.isSet(ProgressiveOptions.MIN_SIZE);
        return published ? 1 : settings.model().plan().stride();
    }

    /** The size of the last phase that is written down. */
    static Optional<Integer> lastPlanned(Settings settings) {
        return settings.given(ProgressiveOptions.PLAN)
                .filter(plan -> !plan.isEmpty())
                .map((List<PhasePlan> plan) -> plan.get(plan.size() - 1).size());
    }
}
