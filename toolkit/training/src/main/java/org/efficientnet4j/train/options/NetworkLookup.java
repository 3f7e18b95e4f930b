package org.efficientnet4j.train.options;

import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/** Finder of the network that a run trains. */
@FunctionalInterface
public interface NetworkLookup {
    /** Takes the model's name or path for what it means now; for runs whose network is not known yet. */
    NetworkLookup BY_NAME = ModelCatalog::find;

    /**
     * The network.
     *
     * @param model its name or path
     * @throws org.efficientnet4j.core.InvalidInputException for an unknown name or a file that describes no network
     */
    ModelDefinition of(String model);
}
