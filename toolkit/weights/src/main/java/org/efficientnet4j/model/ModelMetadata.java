package org.efficientnet4j.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.models.ModelDefinition;

/**
 * What a model file says about its network.
 *
 * @param model the network
 * @param labels class names in the order of the outputs
 * @param channels of the input, 3 for RGB
 * @param preprocessing what happens to an image before the network sees it
 * @param provenance how the network was trained; empty for one that was not trained here
 */
public record ModelMetadata(
        ModelDefinition model,
        List<String> labels,
        int channels,
        Preprocessing preprocessing,
        Optional<Provenance> provenance) {
    /** @throws InvalidInputException without labels, or with fewer than one channel */
    public ModelMetadata {
        labels = List.copyOf(labels);
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(provenance, "provenance");
        if (labels.isEmpty() || channels < 1) {
            throw new InvalidInputException(
                    "A model needs at least 1 label and 1 input channel, found " + labels.size() + " and " + channels);
        }
    }

    /** The same metadata with another provenance. */
    public ModelMetadata withProvenance(Provenance from) {
        return new ModelMetadata(model, labels, channels, preprocessing, Optional.of(from));
    }

    /** The text that {@link ModelFile#METADATA_ENTRY} holds. */
    public String toJson() {
        return MetadataJson.write(this);
    }
}
