package org.efficientnet4j.models;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A row of a family: one published network.
 *
 * @param model the network
 * @param publishedTop1 ImageNet top-1 accuracy in percent as published; empty where there is none
 * @param aliases other names that users know it by, lower case with underscores
 * @param progressive last phases of its published progressive trainings
 */
public record Variant(
        ModelDefinition model, OptionalDouble publishedTop1, List<String> aliases, ProgressiveEnds progressive) {
    /** Copies the list. */
    public Variant {
        Objects.requireNonNull(progressive, "progressive");
        aliases = List.copyOf(aliases);
    }

    /** A network without a published progressive training. */
    public Variant(ModelDefinition model, OptionalDouble publishedTop1, List<String> aliases) {
        this(model, publishedTop1, aliases, ProgressiveEnds.NONE);
    }

    /** A network known by its own name alone. */
    public static Variant of(ModelDefinition model, double publishedTop1) {
        return new Variant(model, OptionalDouble.of(publishedTop1), List.of());
    }
}
