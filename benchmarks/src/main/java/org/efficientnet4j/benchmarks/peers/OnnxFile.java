package org.efficientnet4j.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.efficientnet4j.benchmarks.CaseArguments;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.export.OnnxExport;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelDefinition;

/** Writes a network of random weights and 1000 classes as ONNX. */
public final class OnnxFile {
    private static final int CLASSES = 1000;

    private OnnxFile() {}

    /** Arguments: a model's name and the file to write. */
    public static void main(String[] arguments) {
        write(CaseArguments.model(arguments[0]), Path.of(arguments[1]));
    }

    /** Writes the file, wholly or not at all. */
    static void write(ModelDefinition definition, Path file) {
        GraphOptions options = GraphOptions.builder(definition).classes(CLASSES).build();
        List<String> labels =
                IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
        Preprocessing preprocessing = new Preprocessing(definition.evalSize(), 1, definition.normalization());
        ModelMetadata metadata = new ModelMetadata(definition, labels, 3, preprocessing, Optional.empty());
        OnnxExport.write(
                new ModelFile(NetworkGraph.create(definition, options), metadata),
                OnnxExport.Output.PROBABILITIES,
                file);
    }
}
