package org.efficientnet4j.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.SoundWeights;

/**
 * Writes a model file's network as ONNX, opset 17: input {@code images} {@code [batch, channels, height, width]}, all but the
 * channels free, normalised as the metadata say; output {@code probabilities} or {@code logits} {@code [batch, classes]}.
 * Batch norm is folded into the convolutions before it.
 *
 * <p>The file's metadata carry {@code model}, {@code labels} (a line each), {@code size}, {@code cropFraction},
 * {@code mean} and {@code std} (of pixels in 0 to 255).
 */
public final class OnnxExport {
    /** A protobuf message, which an ONNX file is, can't be larger. */
    private static final long MOST_PARAMETERS = (Integer.MAX_VALUE - (64L << 20)) / Float.BYTES;

    private OnnxExport() {}

    /** Output of the file. */
    public enum Output {
        /** Softmax's result. */
        PROBABILITIES,
        /** The classifier's, before softmax. */
        LOGITS
    }

    /**
     * Writes the file, wholly or not at all.
     *
     * @throws InvalidInputException if the model is not the one the network was built from, too large for the
     *     format, has a weight that is not a finite number, or the file cannot be written
     */
    public static void write(ModelFile model, Output output, Path file) {
        ModelProto proto = proto(model, output);
        AtomicFiles.write(file, proto::writeTo);
    }

    private static ModelProto proto(ModelFile model, Output output) {
        ComputationGraph network = model.graph();
        SoundWeights.requireIn(network);
        if (network.numParams() > MOST_PARAMETERS) {
            throw new InvalidInputException(
                    "An ONNX file holds at most " + Numbers.grouped(MOST_PARAMETERS) + " parameters, found "
                            + Numbers.grouped(network.numParams()) + ": export the weights with --safetensors");
        }
        PlanSettings settings = PlanSettings.classes(model.metadata().labels().size())
                .withInputChannels(model.metadata().channels());
        NetworkPlan plan = model.metadata().model().plan(settings);
        OnnxGraph graph = new OnnxGraph();
        String logits = new OnnxNetwork(graph, network)
                .add(plan, model.metadata().preprocessing().size());
        graph.output(
                output == Output.LOGITS ? logits : graph.softmax(logits),
                output == Output.LOGITS ? "logits" : "probabilities",
                model.metadata().labels().size());
        return graph.model(model.metadata().model().name(), metadata(model.metadata()));
    }

    private static Map<String, String> metadata(ModelMetadata metadata) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("model", metadata.model().name());
        entries.put("labels", String.join("\n", metadata.labels()));
        entries.put("channels", String.valueOf(metadata.channels()));
        entries.put("size", String.valueOf(metadata.preprocessing().size()));
        entries.put("cropFraction", String.valueOf(metadata.preprocessing().cropFraction()));
        entries.put("mean", metadata.preprocessing().normalization().mean().toString());
        entries.put("std", metadata.preprocessing().normalization().std().toString());
        return entries;
    }
}
