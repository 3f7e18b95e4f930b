package org.efficientnet4j.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Shape;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.ModelCost;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Builds a published variant and one scaled by the compound rule: reads what each costs before building it, prints its
 * stages, then sends one image through the network.
 */
public final class BuildAVariant {
    private static final int CLASSES = 10;

    private BuildAVariant() {}

    /**
     * What came out.
     *
     * @param model the variant
     * @param cost its cost, counted from the description
     * @param stages its stages, stem and head left out
     * @param builtParameters the parameters the built network really has
     * @param probabilities the untrained network's answer to one image, a number for each class
     */
    public record Result(
            ModelDefinition model,
            ModelCost cost,
            List<Stage> stages,
            long builtParameters,
            List<Double> probabilities) {}

    /**
     * A row of the stage table.
     *
     * @param number the stage, from 1
     * @param operator its blocks' kind, e.g. MBConv
     * @param blocks how many follow each other
     * @param channels of its output
     * @param size height and width of its output, in pixels
     */
    public record Stage(int number, String operator, int blocks, int channels, int size) {}

    /** Prints the variant named by the first argument (default efficientnet_v2_b0), then B0 scaled by phi = 0.5. */
    public static void main(String[] args) {
        print(run(ModelCatalog.find(args.length > 0 ? args[0] : "efficientnet_v2_b0")));
        print(run(scaledB0(0.5)));
    }

    /** EfficientNet-B0 scaled by the paper's coefficients: depth 1.2^phi, width 1.1^phi, resolution 1.15^phi. */
    static ModelDefinition scaledB0(double phi) {
        return ModelCatalog.find("efficientnet_b0")
                .scaledBy("b0_phi_" + phi, CompoundScaling.ofPhi(phi, 1.2, 1.1, 1.15));
    }

    /** Reads the cost, builds the network and runs one generated image of the evaluation size through it. */
    public static Result run(ModelDefinition model) {
        ModelCost cost = model.cost(CLASSES);
        ComputationGraph network = NetworkGraph.create(
                model, GraphOptions.builder(model).classes(CLASSES).build());
        INDArray probabilities = network.outputSingle(oneImage(model));
        return new Result(
                model,
                cost,
                stages(model.plan(), model.evalSize()),
                network.numParams(),
                Arrays.stream(probabilities.getRow(0).toDoubleVector()).boxed().toList());
    }

    /** One image as the network wants it: {@code [1, 3, size, size]}, normalised. */
    private static INDArray oneImage(ModelDefinition model) {
        ImagePipeline pipeline = ImagePipeline.builder(new GeneratedShapes(1, 0, model.evalSize()))
                .size(model.evalSize())
                .batch(1)
                .normalization(model.normalization())
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return batches.next().getFeatures();
        }
    }

    private static List<Stage> stages(NetworkPlan plan, int imageSize) {
        Map<String, Shape> shapes = plan.shapes(imageSize, imageSize);
        List<Stage> stages = new ArrayList<>();
        for (Section section : plan.sections(Section.Kind.BODY)) {
            Shape output = shapes.get(section.last().name());
            stages.add(new Stage(
                    stages.size() + 1,
                    section.operator(),
                    section.blocks().size(),
                    output.channels(),
                    output.height()));
        }
        return stages;
    }

    private static void print(Result result) {
        ModelCost cost = result.cost();
        System.out.printf(
                Locale.ROOT,
                "%s at %d px, %d classes%n  %,d trainable parameters (%,d in the built network, which also keeps batch"
                        + " norm's running statistics)%n  %.3f G multiply-accumulates, %.1f MB of activations per"
                        + " training image%n",
                result.model().name(),
                result.model().evalSize(),
                CLASSES,
                cost.trainableParameters(),
                result.builtParameters(),
                cost.macs() / 1e9,
                cost.activationBytes() / 1e6);
        System.out.println("  stage  block         repeats  output [C, H, W]");
        for (Stage stage : result.stages()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %5d  %-12s  %7d  [%d, %d, %d]%n",
                    stage.number(),
                    stage.operator(),
                    stage.blocks(),
                    stage.channels(),
                    stage.size(),
                    stage.size());
        }
        System.out.println("  probabilities of the classes, which mean nothing before training:");
        for (double probability : result.probabilities()) {
            System.out.printf(Locale.ROOT, "  %.3f", probability);
        }
        System.out.printf("%n%n");
    }
}
