package org.efficientnet4j.cli;

import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/**
 * A model as typed on the command line, which is looked up here alone: commands pass on its definition.
 *
 * @param text a name of {@code effnet models}, another library's name for one, or an architecture file
 */
public record NamedModel(String text) {
    /**
     * The model of this name.
     *
     * @throws org.efficientnet4j.core.InvalidInputException for an unknown name, with the nearest ones, or a bad file
     */
    public ModelDefinition definition() {
        return ModelCatalog.find(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
