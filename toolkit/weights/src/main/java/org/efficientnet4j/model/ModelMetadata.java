package org.efficientnet4j.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.models.ModelDefinition;

/**
 * A model file's description of its network.
 *
 * @param model the network
 * @param labels class names in the order of the outputs
 * @param channels of the input, 3 for RGB
 * @param preprocessing the image's way to the network's input
 * @param provenance how the network was trained; empty for one that was not trained here
 * @param data the images it was trained on; empty for one that was not trained here, and for earlier versions' files
 */
public record ModelMetadata(
        ModelDefinition model,
        List<String> labels,
        int channels,
        Preprocessing preprocessing,
        Optional<Provenance> provenance,
        Optional<TrainedData> data) {
    /** @throws InvalidInputException without labels, or with fewer than one channel */
    public ModelMetadata {
        labels = List.copyOf(labels);
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(data, "data");
        if (labels.isEmpty() || channels < 1) {
            throw new InvalidInputException(
                    "A model needs at least 1 label and 1 input channel, found " + labels.size() + " and " + channels);
        }
    }

    /**
     * Metadata of a network whose training data is not known.
     *
     * @param model the network
     * @param labels class names in the order of the outputs
     * @param channels of the input, 3 for RGB
     * @param preprocessing the image's way to the network's input
     * @param provenance how the network was trained
     * @throws InvalidInputException without labels, or with fewer than one channel
     */
    public ModelMetadata(
            ModelDefinition model,
            List<String> labels,
            int channels,
            Preprocessing preprocessing,
            Optional<Provenance> provenance) {
        this(model, labels, channels, preprocessing, provenance, Optional.empty());
    }

    /** The same metadata with another provenance. */
    public ModelMetadata withProvenance(Provenance from) {
        return new ModelMetadata(model, labels, channels, preprocessing, Optional.of(from), data);
    }

    /** The same metadata with another preprocessing. */
    public ModelMetadata withPreprocessing(Preprocessing other) {
        return new ModelMetadata(model, labels, channels, other, provenance, data);
    }

    /** The same metadata with other training data. */
    public ModelMetadata withData(TrainedData images) {
        return new ModelMetadata(model, labels, channels, preprocessing, provenance, Optional.of(images));
    }

    /** The text that {@link ModelFile#METADATA_ENTRY} holds. */
    public String toJson() {
        return MetadataJson.write(this);
    }
}
