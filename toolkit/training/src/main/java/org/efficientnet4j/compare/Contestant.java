package org.efficientnet4j.compare;

import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;

/**
 * A network in a comparison.
 *
 * @param name its name there, unique in it
 * @param model the network
 * @param init trained weights to start from, as {@code train --init} takes them; empty for random weights
 */
public record Contestant(String name, ModelDefinition model, Optional<String> init) {
    /** @throws InvalidInputException for a blank name */
    public Contestant {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(init, "init");
        if (name.isBlank()) {
            throw new InvalidInputException("A network in a comparison must have a name, found '" + name + "'");
        }
    }

    /** The network under its own name. */
    public static Contestant of(ModelDefinition model, Optional<String> init) {
        return new Contestant(model.name(), model, init);
    }

    /** The name as a folder: letters, digits, point, hyphen and underscore are kept. */
    String folder() {
        return name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
    }
}
