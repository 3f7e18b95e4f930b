package org.efficientnet4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/** Model files of random weights for images of 32 x 32 pixels. */
public final class UntrainedModel {
    /** One block with a stride of 2 behind a stem of 4 channels: feature maps at strides 2 and 4. */
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 4
            blocks:
              - r1_k3_s2_e2_i4_o8_se0.25
            head: 6
            """;

    private UntrainedModel() {}

    /** A network of one block. */
    public static String tiny(Path file, List<String> labels) throws IOException {
        Path architecture = file.resolveSibling("tiny.yaml");
        return write(file, Files.writeString(architecture, TINY).toString(), labels);
    }

    /** The network of this name. */
    public static String write(Path file, String name, List<String> labels) {
        ModelDefinition definition = ModelCatalog.find(name);
        GraphOptions options =
                GraphOptions.builder(definition).classes(labels.size()).build();
        Preprocessing preprocessing = new Preprocessing(32, 1, Normalization.IMAGENET);
        ModelMetadata metadata = new ModelMetadata(definition, labels, 3, preprocessing, Optional.empty());
        new ModelFile(NetworkGraph.create(definition, options), metadata).write(file);
        return file.toString();
    }
}
