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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.core.files.FileKind;
import org.efficientnet4j.graph.ConfiguredOptimizer;
import org.efficientnet4j.weights.SoundWeights;

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
     * @throws InvalidInputException if it is missing, damaged or not a model file, or has a weight that is not a finite
     *     number or a negative variance
     */
    public static ModelFile read(Path file) {
        return read(file, ConfigurationClasses.standard());
    }

    /**
     * Reads a file with layers of one's own.
     *
     * @param classes that the network's configuration may name
     * @throws InvalidInputException as {@link #read(Path)}
     */
    public static ModelFile read(Path file, ConfigurationClasses classes) {
        return reading(file, () -> {
            ComputationGraph graph = NetworkArchive.readGraph(file, classes);
            ModelMetadata metadata = metadataOf(file, graph::getConfiguration);
            requireLabelled(graph, metadata);
            SoundWeights.requireIn(graph);
            return new ModelFile(graph, metadata);
        });
    }

    private static void requireLabelled(ComputationGraph graph, ModelMetadata metadata) throws IOException {
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        if (graph.getConfiguration().getVertices().get(outputs.get(0)) instanceof LayerVertex last
                && last.getLayerConf().getLayer() instanceof FeedForwardLayer layer
                && layer.getNOut() != metadata.labels().size()) {
            throw new IOException("its network has " + layer.getNOut() + " outputs, and its metadata have "
                    + metadata.labels().size() + " labels");
        }
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
        /**
         * Reads.
         *
         * @throws IOException if the file cannot be read or is not what it should be
         */
        T read() throws IOException;
    }

    /**
     * Runs a reading and says for any failure which file it was, what is wrong with it and what to do.
     *
     * @throws InvalidInputException if the reading fails
     */
    public static <T> T reading(Path file, Reading<T> reading) {
        return reading(file, ". Give the model.zip of a finished run, or copy the file again", reading);
    }

    /**
     * Runs a reading and says for any failure which file it was and what is wrong with it.
     *
     * @param remedy what to do, as the end of the message
     * @throws InvalidInputException if the reading fails
     */
    public static <T> T reading(Path file, String remedy, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no model file " + file + ": give the model.zip of a run directory, or train one first");
        }
        try {
            return reading.read();
        } catch (ZipException e) {
            throw unusable(file, remedy, notAZip(file, e), e);
        } catch (JsonProcessingException e) {
            throw unusable(file, remedy, "its metadata cannot be understood: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unusable(file, remedy, FileErrors.reason(e), e);
        } catch (InvalidInputException e) {
            throw unusable(file, remedy, uncapitalized(e.getMessage()), e);
        } catch (RuntimeException | StackOverflowError e) {
            // DL4J and ND4J answer damaged entries with whatever exception they run into.
            throw unusable(file, remedy, "its network cannot be rebuilt: " + e.getMessage(), e);
        }
    }

    private static String notAZip(Path file, ZipException e) {
        try {
            return switch (FileKind.of(file)) {
                case ZIP -> "it is a zip file that is cut short or damaged (" + e.getMessage() + ")";
                case HDF5, SAFETENSORS, PICKLE -> ZipArchive.OTHER_LIBRARY;
                case OTHER -> FileKind.describe(file);
            };
        } catch (IOException unreadable) {
            return FileErrors.reason(unreadable);
        }
    }

    private static String uncapitalized(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static InvalidInputException unusable(Path file, String remedy, String reason, Throwable cause) {
        return new InvalidInputException("Not a usable model file: " + file + ": " + reason + remedy, cause);
    }
}
