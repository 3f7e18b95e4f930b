package org.efficientnet4j.search.specification;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.search.sampler.Sampler;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.SearchSpace;

/**
 * A specification as the runner needs it.
 *
 * @param space where the choices lie
 * @param choices every trial's choice, where they are known beforehand; else some examples of what may be proposed
 * @param sampler proposes the choices, where they are not known
 * @param trials how many trials there will be
 * @param <C> the space's kind of choice
 */
public record SearchPlan<C extends Choice>(
        SearchSpace<C> space, List<C> choices, Optional<? extends Sampler<C>> sampler, int trials) {
    /** Copies the list. */
    public SearchPlan {
        choices = List.copyOf(choices);
    }

    static <C extends Choice> SearchPlan<C> ofAll(SearchSpace<C> space, List<C> choices) {
        return new SearchPlan<>(space, choices, Optional.empty(), choices.size());
    }
}
