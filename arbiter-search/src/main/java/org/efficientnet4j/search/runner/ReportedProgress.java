package org.efficientnet4j.search.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;

/** Writes a trial's curve to the study as it grows and asks the pruner at each point. */
final class ReportedProgress implements TrialProgress {
    private final Study study;
    private final Trial trial;
    private final Pruner pruner;
    private final BooleanSupplier searchStops;
    private final List<Double> curve = new ArrayList<>();
    private boolean pruned;

    ReportedProgress(Study study, Trial trial, Pruner pruner, BooleanSupplier searchStops) {
        this.study = study;
        this.trial = trial;
        this.pruner = pruner;
        this.searchStops = searchStops;
    }

    @Override
    public void report(double value) {
        curve.add(value);
        study.report(trial, curve);
        if (pruner != Pruner.NONE && !pruned) {
            List<Trial> others = study.trials().stream()
                    .filter(other -> other.number() != trial.number())
                    .toList();
            pruned = pruner.shouldPrune(curve, others);
        }
    }

    @Override
    public boolean shouldStop() {
        return pruned || searchStops.getAsBoolean();
    }

    boolean pruned() {
        return pruned;
    }

    double last() {
        return curve.get(curve.size() - 1);
    }
}
