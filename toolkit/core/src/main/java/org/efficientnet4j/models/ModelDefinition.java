package org.efficientnet4j.models;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.StageSpec;

/**
 * A model to build: its network, and what its training and input look like. A value, found once by {@link ModelCatalog} and
 * passed on; model files and checkpoints hold it.
 *
 * @param name the model's name to users, lower case with underscores
 * @param family the {@link Family#id} whose names in other libraries the network has
 * @param architecture the network
 * @param trainSize image size of training, in pixels
 * @param evalSize image size of evaluation, in pixels; the published counts are at this size
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param batchNorm numbers of its batch norms
 * @param normalization of its input
 */
public record ModelDefinition(
        String name,
        String family,
        Architecture architecture,
        int trainSize,
        int evalSize,
        double dropout,
        BatchNormSettings batchNorm,
        Normalization normalization) {
    private static final String V1_FAMILY = "efficientnet";
    private static final String V2_FAMILY = "efficientnet_v2";

    /** @throws InvalidInputException for a size the network cannot compute or a drop rate outside [0, 1) */
    public ModelDefinition {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new InvalidInputException("Model " + name + ": dropout must lie in [0, 1), found " + dropout);
        }
        int smallest = Math.min(trainSize, evalSize);
        int stride = architecture.stride();
        if (smallest < stride) {
            throw new InvalidInputException("Model " + name + ": image sizes must be at least the network's stride of "
                    + stride + " pixels, found " + smallest);
        }
    }

    /**
     * A model of stages, of EfficientNetV2's family with fused stages and of EfficientNet's without.
     *
     * @param scaling width and depth to apply; resolutions are already scaled
     * @param rounding of scaled channels
     */
    public ModelDefinition(
            String name,
            ArchitectureSpec spec,
            CompoundScaling scaling,
            ChannelRounding rounding,
            int trainSize,
            int evalSize,
            double dropout,
            Normalization normalization) {
        this(
                name,
                spec.stages().stream().anyMatch(StageSpec::fused) ? V2_FAMILY : V1_FAMILY,
                new Architecture.Staged(new StagedNetwork(spec, scaling, rounding, false)),
                trainSize,
                evalSize,
                dropout,
                BatchNormSettings.TENSORFLOW,
                normalization);
    }

    /** The network for RGB images and ImageNet's classes. */
    public NetworkPlan plan() {
        return architecture.plan(dropout);
    }

    /** The network for images of these channels and so many classes. */
    public NetworkPlan plan(PlanSettings settings) {
        return plan().with(settings);
    }

    /** The cost for RGB images at the evaluation size. */
    public ModelCost cost(int classes) {
        return cost(classes, evalSize);
    }

    /**
     * The cost for RGB images at another size.
     *
     * @param size in pixels
     */
    public ModelCost cost(int classes, int size) {
        return ModelCost.of(plan(PlanSettings.classes(classes)), size);
    }

    /**
     * The stages and how they are scaled.
     *
     * @throws InvalidInputException for a network that does not consist of such stages
     */
    public StagedNetwork staged() {
        if (architecture instanceof Architecture.Staged staged) {
            return staged.network();
        }
        throw new InvalidInputException("Only networks of MBConv and Fused-MBConv stages can be scaled, found " + name
                + ": choose an EfficientNet or an architecture file");
    }

    /** The unscaled stages of a network that has such. */
    public ArchitectureSpec spec() {
        return staged().spec();
    }

    /** The multipliers of a network of stages. */
    public CompoundScaling scaling() {
        return staged().scaling();
    }

    /** The channel rounding of a network of stages. */
    public ChannelRounding rounding() {
        return staged().rounding();
    }

    /** The same base network under other multipliers and sizes, e.g. from {@link CompoundScaling#ofPhi}. */
    public ModelDefinition scaledBy(String newName, CompoundScaling newScaling) {
        StagedNetwork base = staged();
        return new ModelDefinition(
                newName,
                family,
                new Architecture.Staged(new StagedNetwork(base.spec(), newScaling, base.rounding(), base.fixedEnds())),
                newScaling.size(trainSize),
                newScaling.size(evalSize),
                dropout,
                batchNorm,
                normalization);
    }
}
