package org.efficientnet4j.search.space;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.efficientnet4j.core.InvalidInputException;

/**
 * An Arbiter parameter space of one kind of choice. Samplers and runners are typed by it, so that none is given another
 * space's choices.
 *
 * @param <C> what it holds
 */
public interface SearchSpace<C extends Choice> extends ParameterSpace<C> {
    /**
     * A choice as one of this space's kind.
     *
     * @param choice as a study keeps it
     * @throws InvalidInputException for a choice of another kind of space
     */
    C own(Choice choice);
}
