package org.efficientnet4j.search.pruner;

import java.util.List;
import org.efficientnet4j.search.study.Trial;

/** Lets every trial run to its end. */
public record NoPruner() implements Pruner {
    @Override
    public boolean shouldPrune(Trial trial, int seed, List<Double> curve, List<Trial> others) {
        return false;
    }
}
