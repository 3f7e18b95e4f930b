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
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
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
 * Builds a published variant and reads what it costs before it is built, then does the same for EfficientNet-B0 scaled by a
 * phi that nobody published. Cost is a property of the description: no weight is drawn for it.
 */
public final class Example01BuildAVariant {
    static final Flags FLAGS = Flags.of(
                    "01 build-a-variant",
                    "Shows a network as a value: find it by name, read parameters, multiply-accumulates and memory, build it,",
                    "send an image through it; then scale B0 as the EfficientNet paper does.",
                    "Expect the published counts exactly. Takes 2 to 6 seconds.")
            .with("--model", "NAME", "efficientnet_v2_b0", "a name of 'effnet models', or an architecture file (.yaml)")
            .with("--phi", "X", "0.5", "how far B0 is scaled")
            .inOrder("--model");

    private Example01BuildAVariant() {}

    /**
     * Result of the run.
     *
     * @param published the variant asked for
     * @param scaled B0 scaled by phi
     */
    public record Result(Built published, Built scaled) {}

    /**
     * A network that was built.
     *
     * @param model the variant
     * @param cost its cost, counted from the description
     * @param stages its stages, stem and head left out
     * @param parameters the parameters that the built network really has
     * @param probabilities the untrained network's answer to one image, a number for each class
     */
    public record Built(
            ModelDefinition model, ModelCost cost, List<Stage> stages, long parameters, List<Double> probabilities) {}

    /**
     * A row of the stage table.
     *
     * @param operator its blocks' kind, e.g. MBConv
     * @param blocks how many follow each other
     * @param channels of its output
     * @param size height and width of its output, in pixels
     */
    public record Stage(String operator, int blocks, int channels, int size) {}

    /** Prints both networks. */
    public static void main(String[] args) {
        FLAGS.read(args).ifPresent(Example01BuildAVariant::run);
    }

    static Result run(Given given) {
        System.out.println("A published network, as ImageNet's 1000 classes have it:\n");
        Built published = build(given.model("--model"));
        double phi = given.decimal("--phi");
        System.out.printf(
                Locale.ROOT,
                "EfficientNet-B0 scaled by phi = %s: depth * 1.2^phi, width * 1.1^phi, resolution * 1.15^phi.%n"
                        + "Multiply-accumulates grow about as 1.92^phi = %.2f:%n%n",
                phi,
                Math.pow(1.2 * 1.1 * 1.1 * 1.15 * 1.15, phi));
        ModelDefinition b0 = ModelCatalog.find("efficientnet_b0");
        Built scaled = build(b0.scaledBy("b0_phi_" + phi, CompoundScaling.ofPhi(phi, 1.2, 1.1, 1.15)));
        System.out.printf(
                Locale.ROOT,
                "They did by %.2f: layers, channels and pixels are whole numbers.%n",
                (double) scaled.cost().macs() / b0.cost(1000).macs());
        return new Result(published, scaled);
    }

    private static Built build(ModelDefinition model) {
        ModelCost cost = model.cost(1000); // counted, nothing is built yet
        System.out.printf(
                Locale.ROOT,
                "%s at %d px%n  %,d trainable parameters%n  %,d multiply-accumulates an image (what papers call FLOPs)%n"
                        + "  %.1f MiB of activations an image in training%n",
                model.name(),
                model.evalSize(),
                cost.trainableParameters(),
                cost.macs(),
                cost.activationBytes() / 1048576.0);
        List<Stage> stages = stages(model.plan(), model.evalSize());
        System.out.println("  operator      blocks  output [C, H, W]");
        stages.forEach(stage -> System.out.printf(
                "  %-12s  %6d  [%d, %d, %d]%n",
                stage.operator(), stage.blocks(), stage.channels(), stage.size(), stage.size()));

        ComputationGraph network =
                NetworkGraph.create(model, GraphOptions.builder(model).build());
        INDArray probabilities = network.outputSingle(oneImage(model));
        System.out.printf(
                Locale.ROOT,
                "  built: %,d numbers, batch norm's running statistics among them; an untrained network is as sure of%n"
                        + "  class 0 (%.4f) as of any other (1/1000 = 0.0010).%n%n",
                network.numParams(),
                probabilities.getDouble(0, 0));
        return new Built(
                model,
                cost,
                stages,
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
            stages.add(new Stage(section.operator(), section.blocks().size(), output.channels(), output.height()));
        }
        return stages;
    }
}
