package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;
import org.efficientnet4j.weights.WeightFiles;
import org.efficientnet4j.weights.WeightImport;
import org.efficientnet4j.weights.WeightLocation;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * A trained network to start from.
 *
 * @param network with a classifier of no account, which other libraries' files need not have
 * @param channels of its images
 * @param labels of its classifier; empty where the file does not tell them
 * @param sha256 of the file
 */
record Pretrained(ComputationGraph network, int channels, List<String> labels, String sha256) {
    /** That DL4J builds a classifier for. */
    private static final int FEWEST_CLASSES = 2;

    /**
     * Reads a model file or another library's weights.
     *
     * @param name the model by the library's name where the file is a library's
     * @param model the network
     * @param source the library; told by the tensors' names where it is empty
     * @throws InvalidInputException if the file cannot be read, or is not that model's
     */
    static Pretrained read(Path file, String name, ModelDefinition model, Optional<WeightSource> source) {
        if (isModelFile(file)) {
            ModelFile trained = ModelFile.read(file);
            return new Pretrained(
                    trained.graph(),
                    trained.metadata().channels(),
                    trained.metadata().labels(),
                    sha256(file));
        }
        try (TensorFile tensors = WeightFiles.open(file)) {
            WeightImport weights = new WeightImport(name, model, source.orElseGet(() -> recognized(tensors, model)));
            return new Pretrained(
                    weights.readBackbone(
                            tensors, weights.options(FEWEST_CLASSES).build()),
                    PlanSettings.RGB,
                    List.of(),
                    sha256(file));
        }
    }

    /**
     * Description of a file, without its weights.
     *
     * @param source the library; empty for a model file
     * @param normalization what the network expects of pixels
     * @param labels of its classifier; empty where the file does not tell them
     * @param remarks on what was chosen and left out of the file, in sentences without a full stop
     */
    record About(
            Optional<WeightSource> source, Normalization normalization, List<String> labels, List<String> remarks) {}

    /** Looks into a file. */
    static About about(Path file, String name, ModelDefinition model, Optional<WeightSource> source) {
        if (isModelFile(file)) {
            ModelMetadata metadata = ModelFile.readMetadata(file);
            return new About(Optional.empty(), metadata.preprocessing().normalization(), metadata.labels(), List.of());
        }
        try (TensorFile tensors = WeightFiles.open(file)) {
            WeightSource library = source.orElseGet(() -> recognized(tensors, model));
            return new About(
                    Optional.of(library),
                    new WeightImport(name, model, library).normalization(tensors),
                    List.of(),
                    tensors.remarks());
        }
    }

    /** The file that an option names, downloaded first where it is an address. */
    static Path locate(String init) {
        return WeightLocation.parse(init).locate(DownloadProgress.SILENT);
    }

    private static WeightSource recognized(TensorFile tensors, ModelDefinition model) {
        return WeightSource.recognize(
                tensors.tensors().stream().map(TensorInfo::name).toList(), model);
    }

    private static boolean isModelFile(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
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
