package org.efficientnet4j.search.pruner;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.efficientnet4j.search.study.Trial;

/** Decides whether a trial is worth going on with. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NoPruner.class, name = "none"),
    @JsonSubTypes.Type(value = MedianPruner.class, name = "median"),
    @JsonSubTypes.Type(value = SuccessiveHalvingPruner.class, name = "asha"),
    @JsonSubTypes.Type(value = HyperbandPruner.class, name = "hyperband")
})
public sealed interface Pruner permits NoPruner, MedianPruner, SuccessiveHalvingPruner, HyperbandPruner {
    /** Lets every trial run to its end. */
    Pruner NONE = new NoPruner();

    /**
     * Decides on a trial after an epoch. Curves of one seed are compared with those of the same seed, at the same epoch.
     *
     * @param trial the trial itself
     * @param seed index of the seed that is being trained
     * @param curve that seed's validation figures so far, at least one, higher is better
     * @param others every other trial of the study with its curves
     * @return true if the trial should end now
     */
    boolean shouldPrune(Trial trial, int seed, List<Double> curve, List<Trial> others);
}
