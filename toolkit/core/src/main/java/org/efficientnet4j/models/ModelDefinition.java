package org.efficientnet4j.models;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.spec.ArchitectureSpec;

/**
 * An EfficientNet to build: its specification, how it is scaled, and what its training and input look like.
 *
 * @param name how users call it, lower case with underscores
 * @param spec the unscaled network
 * @param scaling width and depth to apply; resolutions below are already scaled
 * @param rounding how scaled channels are rounded
 * @param trainSize image size of training, in pixels
 * @param evalSize image size of evaluation, in pixels; the published counts are at this size
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param normalization what the network expects of its input
 */
public record ModelDefinition(
        String name,
        ArchitectureSpec spec,
        CompoundScaling scaling,
        ChannelRounding rounding,
        int trainSize,
        int evalSize,
        double dropout,
        Normalization normalization) {
    /** @throws InvalidInputException for a size below the network's stride or a drop rate outside [0, 1) */
    public ModelDefinition {
        int smallest = Math.min(trainSize, evalSize);
        if (smallest < spec.stride()) {
            throw new InvalidInputException("Model " + name + ": image sizes must be at least the network's stride of "
                    + spec.stride() + " pixels, found " + smallest);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new InvalidInputException("Model " + name + ": dropout must lie in [0, 1), found " + dropout);
        }
    }

    /** The network for RGB images, with every number resolved. */
    public ScaledArchitecture architecture() {
        return ScaledArchitecture.of(spec, scaling, rounding, ScaledArchitecture.RGB);
    }

    /** The cost at the evaluation size. */
    public ModelCost cost(int classes) {
        return ModelCost.of(architecture(), classes, evalSize);
    }

    /** The same base network under other multipliers and sizes, e.g. from {@link CompoundScaling#ofPhi}. */
    public ModelDefinition scaledBy(String newName, CompoundScaling newScaling) {
        return new ModelDefinition(
                newName,
                spec,
                newScaling,
                rounding,
                newScaling.size(trainSize),
                newScaling.size(evalSize),
                dropout,
                normalization);
    }
}
