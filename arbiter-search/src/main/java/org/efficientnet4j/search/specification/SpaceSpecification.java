package org.efficientnet4j.search.specification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** A search space and a way to sample it, as data. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = GridSearch.class, name = "grid"),
    @JsonSubTypes.Type(value = DimensionSearch.class, name = "dimensions"),
    @JsonSubTypes.Type(value = ScalingSearch.class, name = "phi"),
    @JsonSubTypes.Type(value = BlockSearch.class, name = "blocks")
})
public sealed interface SpaceSpecification permits GridSearch, DimensionSearch, ScalingSearch, BlockSearch {
    /** The search in a few words. */
    String title();

    /** The sub-command of {@code effnet search} that means this space. */
    String command();

    /** The flags of that command, by name. */
    Map<String, String> flags();

    /** True if every choice is tried, so that no number of trials is set. */
    boolean exhaustive();

    /**
     * The space around a study's base network, with its sampler.
     *
     * @throws org.efficientnet4j.core.InvalidInputException if there is nothing to try, or the base cannot be searched
     */
    SearchPlan<?> plan(StudySpecification study);
}
