package org.efficientnet4j.search.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;

/** Writes a trial's curve to the study as it grows and asks the pruner at each point. */
final class ReportedProgress implements TrialProgress {
    private final Study study;
    private final Trial trial;
    private final Pruner pruner;
    private final BooleanSupplier searchStops;
    private final List<List<Double>> curves = new ArrayList<>();
    private double score;
    private boolean pruned;

    ReportedProgress(Study study, Trial trial, Pruner pruner, BooleanSupplier searchStops) {
        this.study = study;
        this.trial = trial;
        this.pruner = pruner;
        this.searchStops = searchStops;
    }

    @Override
    public void report(Figure figure) {
        while (curves.size() <= figure.seed()) {
            curves.add(new ArrayList<>());
        }
        List<Double> curve = curves.get(figure.seed());
        curve.add(figure.value());
        score = figure.score();
        study.report(trial, curves);
        if (pruner != Pruner.NONE && !pruned) {
            List<Trial> others = study.trials().stream()
                    .filter(other -> other.number() != trial.number() && other.role() == TrialRole.SEARCH)
                    .toList();
            pruned = pruner.shouldPrune(trial, figure.seed(), curve, others);
        }
    }

    @Override
    public boolean shouldStop() {
        return pruned || searchStops.getAsBoolean();
    }

    boolean pruned() {
        return pruned;
    }

    /** The score of the last figure. */
    double score() {
        return score;
    }
}
