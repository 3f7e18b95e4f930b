package org.efficientnet4j.search.sampler;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.efficientnet4j.search.space.Choice;

/**
 * Proposes what to try next. A proposal depends on the trials so far and the sampler's seed alone: nothing is remembered
 * between calls, so that a search goes on after its process died, and several processes share one.
 *
 * @param <C> the kind of choice of the space it samples
 */
@FunctionalInterface
public interface Sampler<C extends Choice> {
    /**
     * The next choice.
     *
     * @param trials every trial of the study by number, ended or not
     * @return empty if there is nothing more to try
     */
    Optional<C> propose(List<Tried<C>> trials);

    /**
     * The trial to measure again with fresh seeds rather than to try another choice.
     *
     * @param trials every trial of the study by number, ended or not
     * @return its number; empty where another choice is worth more, or no choice is ever measured again
     */
    default OptionalInt again(List<Tried<C>> trials) {
        return OptionalInt.empty();
    }
}
