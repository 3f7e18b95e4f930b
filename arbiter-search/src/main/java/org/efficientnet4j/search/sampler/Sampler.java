package org.efficientnet4j.search.sampler;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.study.Trial;

/**
 * Proposes what to try next. A proposal depends on the trials so far and the sampler's seed alone: nothing is remembered
 * between calls, so that a search goes on after its process died, and several processes share one.
 */
@FunctionalInterface
public interface Sampler {
    /**
     * The next choice.
     *
     * @param trials every trial of the study by number, ended or not
     * @return empty if there is nothing more to try
     */
    Optional<? extends Choice> propose(List<Trial> trials);
}
