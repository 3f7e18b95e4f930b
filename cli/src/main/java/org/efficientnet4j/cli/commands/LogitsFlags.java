package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.weights.NpyFile;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.WeightImport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code effnet predict --model}: raw logits of an array by another library's weights, for numerical comparison. */
final class LogitsFlags {
    private static final int CHANNELS = 3;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Instead of a model file: a model, by its library's name.")
    private NamedModel model;

    @Option(
            names = "--weights",
            paramLabel = "F",
            description = "With --model: the weights' file, .safetensors, .pth, .pt or .h5.")
    private Path weights;

    @Mixin
    private SourceFlag source;

    @Option(names = "--classes", paramLabel = "N", description = "With --model: classes (as the weights have).")
    private Integer classes;

    @Option(
            names = "--npy",
            paramLabel = "F.npy",
            description = "With --model: normalised images, float32 [N, 3, H, W].")
    private Path input;

    @Option(names = "--logits-out", paramLabel = "F.npy", description = "With --model: where logits [N, classes] go.")
    private Path output;

    /** Created by picocli. */
    LogitsFlags() {}

    /** Returns whether the command asks for logits. */
    boolean given() {
        return model != null || weights != null || input != null || output != null;
    }

    /**
     * Computes and writes them; the sentence that tells of it.
     *
     * @param err told what was chosen and left out of the weight file
     */
    String run(PrintWriter err) {
        requireAll();
        NpyFile images = NpyFile.read(input);
        requireImages(images.shape());
        requireFinite("The images of " + input, images.values());
        ModelDefinition definition = model.definition();
        Backend.requireUsable();
        ComputationGraph network;
        try (TensorFile file = source.open(weights, err)) {
            WeightImport weightImport = new WeightImport(model.text(), definition, source.of(file, definition));
            int outputs = classes != null ? classes : weightImport.classesOf(file);
            network = weightImport.read(file, weightImport.options(outputs).build());
        }
        long[] shape = images.shape().stream().mapToLong(Long::longValue).toArray();
        INDArray logits = Logits.of(network, Nd4j.create(images.values(), shape, 'c'));
        float[] values = logits.dup('c').data().asFloat();
        requireFinite("Logits of " + weights, values);
        new NpyFile(List.of(logits.size(0), logits.size(1)), values).write(output);
        return "Wrote %s: logits [%d, %d].".formatted(output, logits.size(0), logits.size(1));
    }

    private static void requireFinite(String what, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InvalidInputException(
                        what + " must be finite numbers, found " + values[i] + " at element " + i);
            }
        }
    }

    private void requireAll() {
        List<String> missing = new ArrayList<>();
        if (model == null) {
            missing.add("--model");
        }
        if (weights == null) {
            missing.add("--weights");
        }
        if (input == null) {
            missing.add("--npy");
        }
        if (output == null) {
            missing.add("--logits-out");
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException("Logits need --model, --weights, --npy and --logits-out together; missing: "
                    + String.join(", ", missing));
        }
    }

    private void requireImages(List<Long> shape) {
        if (shape.size() != 4 || shape.get(1) != CHANNELS || shape.contains(0L)) {
            throw new InvalidInputException(input + " must hold images [N, 3, H, W], found " + shape);
        }
    }
}
