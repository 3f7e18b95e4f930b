package org.efficientnet4j.search.pruner;

import java.util.List;
import org.efficientnet4j.search.study.Trial;

/** Decides whether a trial is worth going on with. */
@FunctionalInterface
public interface Pruner {
    /** Lets every trial run to its end. */
    Pruner NONE = (curve, trials) -> false;

    /**
     * Whether a trial should end now.
     *
     * @param curve its validation figures so far, at least one, higher is better
     * @param others every other trial of the study with its curve
     */
    boolean shouldPrune(List<Double> curve, List<Trial> others);
}
