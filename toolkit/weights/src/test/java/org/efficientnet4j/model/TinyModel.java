package org.efficientnet4j.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModelText;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A small EfficientNet, its archives, and their entries to be changed. */
public final class TinyModel {
    private static final List<String> LABELS = List.of("cat", "dog", "owl");

    private TinyModel() {}

    /** The network's description. */
    public static ModelDefinition definition() {
        try {
            return ModelCatalog.find(Path.of(TinyModel.class
                            .getResource("/torchvision/tiny-v1/tiny-v1.yaml")
                            .toURI())
                    .toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Always the same weights. */
    public static ComputationGraph network() {
        ModelDefinition definition = definition();
        return NetworkGraph.create(
                definition,
                GraphOptions.builder(definition).classes(LABELS.size()).seed(3).build());
    }

    static ModelMetadata metadata() {
        ModelDefinition asRead = ModelText.read(ModelText.write(definition()));
        return new ModelMetadata(
                asRead, LABELS, 3, new Preprocessing(32, 0.875, Normalization.IMAGENET), Optional.empty());
    }

    /** A model file. */
    public static Path write(Path file) {
        new ModelFile(network(), metadata()).write(file);
        return file;
    }

    /** A checkpoint as a training writes it: a model file with the optimiser's state and one more array. */
    public static Path writeCheckpoint(Path file) throws IOException {
        ComputationGraph network = network();
        INDArray average = network.params().dup();
        try (OutputStream out = Files.newOutputStream(file)) {
            NetworkArchive.write(
                    out,
                    network,
                    network.getConfiguration(),
                    true,
                    Map.of(ModelFile.METADATA_ENTRY, metadata().toJson()),
                    Map.of("average.bin", average));
        }
        return file;
    }

    static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), all(zip));
            }
        }
        return entries;
    }

    private static byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        return bytes.toByteArray();
    }

    static Path write(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
