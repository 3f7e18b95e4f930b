package org.efficientnet4j.model;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.model.StoredArray.Length;
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
        try (ZipArchive zip = ZipArchive.open(file)) {
            return zip.text(name);
        }
    }

    /**
     * One of our own arrays, empty if the archive has none of that name.
     *
     * @throws IOException if it is damaged, or anything but a vector of FLOAT or DOUBLE
     */
    public static Optional<INDArray> readArray(Path file, String name) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            return array(zip, name, Length.any());
        }
    }

    /**
     * One of our own arrays of a known length, empty if the archive has none of that name.
     *
     * @param length how many numbers it must have
     * @throws IOException if it is damaged, has another length, or is anything but a vector of FLOAT or DOUBLE
     */
    public static Optional<INDArray> readArray(Path file, String name, long length) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            return array(zip, name, Length.exactly(length));
        }
    }

    /**
     * Reads every entry and holds it against its length and checksum.
     *
     * @throws IOException naming the first entry that is damaged
     */
    public static void verify(Path file) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            zip.verify();
        }
    }

    /** The network with its weights and, where the archive has it, its optimiser's state. */
    public static ComputationGraph readGraph(Path file) throws IOException {
        return readGraph(file, ConfigurationClasses.standard());
    }

    /**
     * The network with its weights and, where the archive has it, its optimiser's state.
     *
     * @param classes that its configuration may name
     * @throws IOException if an entry is missing or damaged, or the numbers are not as many as the configuration needs
     */
    public static ComputationGraph readGraph(Path file, ConfigurationClasses classes) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            ComputationGraphConfiguration configuration =
                    ConfigurationJson.read(zip.requiredText(ModelSerializer.CONFIGURATION_JSON), classes);
            INDArray weights = array(zip, ModelSerializer.COEFFICIENTS_BIN, Length.exactly(parameters(configuration)))
                    .orElseThrow(() -> ZipArchive.missing(ModelSerializer.COEFFICIENTS_BIN));
            ComputationGraph graph = new ComputationGraph(configuration);
            graph.init(weights, false);
            readUpdater(zip, graph);
            return graph;
        }
    }

    /** The configuration alone. */
    public static ComputationGraphConfiguration readConfiguration(Path file) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            return ConfigurationJson.read(
                    zip.requiredText(ModelSerializer.CONFIGURATION_JSON), ConfigurationClasses.standard());
        }
    }

    private static long parameters(ComputationGraphConfiguration configuration) throws IOException {
        long sum = 0;
        for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
            long own = vertex.getValue().numParams(true);
            if (own < 0 || own > Long.MAX_VALUE - sum) {
                throw new IOException("its vertex " + vertex.getKey() + " has more parameters than can be counted");
            }
            sum += own;
        }
        return sum;
    }

    private static void readUpdater(ZipArchive zip, ComputationGraph graph) throws IOException {
        if (zip.has(ModelSerializer.UPDATER_BIN)) {
            INDArray state = graph.getUpdater().getStateViewArray();
            long needed = state == null ? 0 : state.length();
            array(zip, ModelSerializer.UPDATER_BIN, Length.exactly(needed))
                    .ifPresent(graph.getUpdater()::setStateViewArray);
        }
    }

    private static Optional<INDArray> array(ZipArchive zip, String name, Length length) throws IOException {
        return zip.numbers(name, (in, bytes) -> {
            try {
                return StoredArray.read(in, bytes, length);
            } catch (StoredArray.MalformedArrayException e) {
                throw new IOException("its entry " + name + " is not usable: " + e.getMessage(), e);
            }
        });
    }
}
