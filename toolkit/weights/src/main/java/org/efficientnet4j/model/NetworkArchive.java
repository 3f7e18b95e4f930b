package org.efficientnet4j.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The zip of {@link ModelSerializer}, with entries of our own beside DL4J's. Written and read here because DL4J's own
 * reader holds every entry in the heap at once, and its writer takes no further entries.
 */
public final class NetworkArchive {
    private static final int BUFFER = 1 << 16;

    private NetworkArchive() {}

    /**
     * Writes a network.
     *
     * @param configuration what to write as its configuration, which may have another updater than the graph
     * @param withUpdater whether to keep the optimiser's state
     * @param extras our own entries, name to text
     * @param arrays our own entries, name to array
     */
    public static void write(
            OutputStream out,
            ComputationGraph graph,
            ComputationGraphConfiguration configuration,
            boolean withUpdater,
            Map<String, String> extras,
            Map<String, INDArray> arrays)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            // Trained weights are noise to a compressor: storing is many times faster for a tenth more space.
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, String> extra : extras.entrySet()) {
                writeText(zip, extra.getKey(), extra.getValue());
            }
            for (Map.Entry<String, INDArray> extra : arrays.entrySet()) {
                writeArray(zip, extra.getKey(), extra.getValue());
            }
            writeText(zip, ModelSerializer.CONFIGURATION_JSON, configuration.toJson());
            writeArray(zip, ModelSerializer.COEFFICIENTS_BIN, graph.params());
            if (withUpdater) {
                INDArray state = graph.getUpdater().getStateViewArray();
                if (state != null && state.length() > 0) {
                    writeArray(zip, ModelSerializer.UPDATER_BIN, state);
                }
            }
        }
    }

    private static void writeText(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static void writeArray(ZipOutputStream zip, String name, INDArray array) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, BUFFER));
        Nd4j.write(array, data);
        data.flush();
        zip.closeEntry();
    }

    /** One of our own entries, empty if the archive has none of that name. */
    public static Optional<String> readText(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            return entry == null ? Optional.empty() : Optional.of(text(zip, entry));
        }
    }

    /** One of our own arrays, empty if the archive has none of that name. */
    public static Optional<INDArray> readArray(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            return entry == null ? Optional.empty() : Optional.of(array(zip, entry));
        }
    }

    /** The network with its weights and, where the archive has it, its optimiser's state. */
    public static ComputationGraph readGraph(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String json = text(zip, entry(zip, ModelSerializer.CONFIGURATION_JSON));
            ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
            graph.init(array(zip, entry(zip, ModelSerializer.COEFFICIENTS_BIN)), false);
            ZipEntry updater = zip.getEntry(ModelSerializer.UPDATER_BIN);
            if (updater != null) {
                graph.getUpdater().setStateViewArray(array(zip, updater));
            }
            return graph;
        }
    }

    /** The configuration alone. */
    public static ComputationGraphConfiguration readConfiguration(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return ComputationGraphConfiguration.fromJson(text(zip, entry(zip, ModelSerializer.CONFIGURATION_JSON)));
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no entry " + name);
        }
        return entry;
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static INDArray array(ZipFile zip, ZipEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), BUFFER))) {
            return Nd4j.read(in);
        }
    }
}
