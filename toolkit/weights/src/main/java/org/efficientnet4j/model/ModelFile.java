package org.efficientnet4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.graph.ConfiguredOptimizer;

/**
 * A network in a file that says how to use it: a zip that DL4J's {@code ModelSerializer.restoreComputationGraph} reads,
 * with one entry more. The optimiser is left out: a file for use is a third the size, and its configuration names no class
 * of ours but the layers'.
 *
 * @param graph the network, initialised
 * @param metadata labels and preprocessing
 */
public record ModelFile(ComputationGraph graph, ModelMetadata metadata) {
    /** The entry DL4J does not know. */
    public static final String METADATA_ENTRY = "efficientnet4j.json";

    /** Checks that both parts are there. */
    public ModelFile {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(metadata, "metadata");
    }

    /**
     * Writes the file, wholly or not at all.
     *
     * @throws InvalidInputException if that fails, naming the path and the space left
     */
    public void write(Path file) {
        ComputationGraphConfiguration configuration = ConfiguredOptimizer.without(graph.getConfiguration());
        Map<String, String> extras = Map.of(METADATA_ENTRY, MetadataJson.write(metadata));
        AtomicFiles.write(file, out -> NetworkArchive.write(out, graph, configuration, false, extras, Map.of()));
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it is missing, damaged or not a model file
     */
    public static ModelFile read(Path file) {
        return reading(file, () -> {
            ComputationGraph graph = NetworkArchive.readGraph(file);
            return new ModelFile(graph, metadataOf(file, graph::getConfiguration));
        });
    }

    /**
     * Reads what a file says about its network, without the network.
     *
     * @throws InvalidInputException if it is missing, damaged or not a model file
     */
    public static ModelMetadata readMetadata(Path file) {
        return reading(file, () -> metadataOf(file, () -> NetworkArchive.readConfiguration(file)));
    }

    private static ModelMetadata metadataOf(Path file, Reading<ComputationGraphConfiguration> configuration)
            throws IOException {
        String text = NetworkArchive.readText(file, METADATA_ENTRY)
                .orElseThrow(() -> new IOException("it is a zip without an entry " + METADATA_ENTRY
                        + ", so its labels and preprocessing are unknown"));
        return MetadataJson.read(text, configuration);
    }

    /** SHA-256 over the parameters as little-endian float32 in DL4J's order, in hexadecimal digits. */
    public String weightsSha256() {
        float[] values = graph.params().dup().data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** A way of reading a file. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads.
         *
         * @throws IOException if the file cannot be read or is not what it should be
         */
        T read() throws IOException;
    }

    /** Runs a reading and says for any failure which file it was, what is wrong with it and what to do. */
    public static <T> T reading(Path file, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no model file " + file + ": give the model.zip of a run directory, or train one first");
        }
        try {
            return reading.read();
        } catch (ZipException e) {
            throw unusable(file, "it is not a zip file, or cut short (" + e.getMessage() + ")", e);
        } catch (JsonProcessingException e) {
            throw unusable(file, "its metadata cannot be understood: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unusable(file, FileErrors.reason(e), e);
        } catch (RuntimeException e) {
            // DL4J and ND4J answer damaged entries with whatever exception they run into.
            throw unusable(file, "its network cannot be rebuilt: " + e.getMessage(), e);
        }
    }

    private static InvalidInputException unusable(Path file, String reason, Exception cause) {
        return new InvalidInputException(
                "Not a usable model file: " + file + ": " + reason
                        + ". Give the model.zip of a finished run, or copy the file again",
                cause);
    }
}
