package org.efficientnet4j.graph;

import java.util.List;
import org.efficientnet4j.kernels.UpdateRule;
import org.nd4j.linalg.learning.config.IUpdater;

/** An optimiser of our own that {@link FusedUpdater} can run in one pass. */
public interface FusedConfiguration extends IUpdater {
    /** Change of the parameters at a step. */
    UpdateRule rule(int iteration, int epoch);

    /** Its updater's names of the state's vectors, in the rule's order. */
    List<String> state();
}
