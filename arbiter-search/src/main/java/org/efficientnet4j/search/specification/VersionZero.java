package org.efficientnet4j.search.specification;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.efficientnet4j.search.study.Upgrade;

/** Reads what {@code effnet search} of version 0 kept. */
public final class VersionZero implements Upgrade {
    /** A reader. */
    public VersionZero() {}

    @Override
    public String specification(String settings) {
        return FlagSettings.read(settings).specification().toJson();
    }

    @Override
    public Trial trial(String settings, Trial trial) {
        FlagSettings flags = FlagSettings.read(settings);
        List<Double> all = trial.curve();
        List<List<Double>> curves = new ArrayList<>();
        for (int from = 0; from < all.size(); from += flags.epochs()) {
            curves.add(all.subList(from, Math.min(all.size(), from + flags.epochs())));
        }
        OptionalDouble score = trial.state() == TrialState.PRUNED
                        && trial.score().isPresent()
                ? flags.reward().ofAccuracy(trial.choice().cost(), trial.score().getAsDouble())
                : trial.score();
        return trial.with(curves, score);
    }
}
