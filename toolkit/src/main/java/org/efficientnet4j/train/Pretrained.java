package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.Normalization;
import org.efficientnet4j.data.download.Checksum;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.WeightFiles;
import org.efficientnet4j.weights.WeightImport;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * A trained network to start from.
 *
 * @param network with its own classifier
 * @param channels of its images
 * @param sha256 of the file
 */
record Pretrained(ComputationGraph network, int channels, String sha256) {
    /**
     * Reads a model file or another library's weights.
     *
     * @param model the model's name; by the library's name where the file is a library's
     * @param source the library
     * @throws InvalidInputException if the file cannot be read, or is not that model's
     */
    static Pretrained read(Path file, String model, WeightSource source) {
        if (isModelFile(file.toString())) {
            ModelFile trained = ModelFile.read(file);
            return new Pretrained(trained.graph(), trained.metadata().channels(), sha256(file));
        }
        WeightImport weights = new WeightImport(model, source);
        try (TensorFile tensors = WeightFiles.open(file)) {
            int classes = weights.classesOf(tensors);
            return new Pretrained(
                    weights.read(tensors, weights.options(classes).build()), ScaledArchitecture.RGB, sha256(file));
        }
    }

    /** What the network expects of pixels, without reading its weights. */
    static Normalization normalization(Path file, String model, WeightSource source) {
        return isModelFile(file.toString())
                ? ModelFile.readMetadata(file).preprocessing().normalization()
                : new WeightImport(model, source).convention().normalization();
    }

    /** Whether a file of that name holds a network of ours. */
    static boolean isModelFile(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    static String sha256(Path file) {
        try {
            return Checksum.of(file).sha256();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read the trained weights " + file + ": " + FileErrors.reason(e) + ". Check the path", e);
        }
    }
}
