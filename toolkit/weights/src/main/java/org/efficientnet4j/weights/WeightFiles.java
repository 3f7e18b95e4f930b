package org.efficientnet4j.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.core.files.FileKind;
import org.efficientnet4j.weights.keras.KerasFile;
import org.efficientnet4j.weights.safetensors.SafetensorsFile;
import org.efficientnet4j.weights.torch.TorchFile;

/** Opens files of weights by what is in them; their names do not matter. */
public final class WeightFiles {
    private static final String MODEL_FILE_ENTRY = "efficientnet4j.json";

    private WeightFiles() {}

    /**
     * Opens a file. Tensors have the names they have in the library's own network: what a training wraps it in
     * ({@code module.}, {@code _orig_mod.}, {@code model.} and the like) is left out.
     *
     * @throws InvalidInputException if it is missing, damaged or of an unknown format
     */
    public static TensorFile open(Path file) {
        return open(file, Optional.empty());
    }

    /**
     * Opens a file that may hold several sets of weights.
     *
     * @param key of the set to take: the key of a state dict in a PyTorch checkpoint such as {@code model_ema}, or what the
     *     names of its tensors begin with, such as {@code ema_model}; empty for the preferred one
     * @throws InvalidInputException if it is missing, damaged or of an unknown format, or has nothing under the key
     */
    public static TensorFile open(Path file, Optional<String> key) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("There is no weight file " + file + ": check the path");
        }
        try {
            return switch (FileKind.of(file)) {
                case SAFETENSORS -> PlainNames.of(SafetensorsFile.open(file), key);
                case HDF5 -> KerasFile.open(file);
                case PICKLE -> plain(TorchFile.open(file, false, key), key);
                case ZIP -> zipped(file, key);
                case OTHER -> other(file, key);
            };
        } catch (IOException e) {
            throw unusable(file, FileErrors.reason(e), e);
        }
    }

    private static TensorFile other(Path file, Optional<String> key) throws IOException {
        String kind = FileKind.describe(file);
        if (kind.equals(FileKind.UNKNOWN)
                && file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            return PlainNames.of(SafetensorsFile.open(file), key); // which says what is wrong with the header
        }
        throw unusable(file, kind, null);
    }

    private static TensorFile zipped(Path file, Optional<String> key) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry(KerasFile.ARCHIVED) != null) {
                return KerasFile.open(file);
            }
            if (zip.getEntry(MODEL_FILE_ENTRY) != null) {
                throw unusable(file, "it is a model file of this program, which needs no import", null);
            }
            if (zip.stream().noneMatch(entry -> entry.getName().endsWith("/data.pkl"))) {
                throw unusable(file, "it is a zip file without weights in it; unpack it first", null);
            }
        } catch (ZipException e) {
            throw unusable(file, "it is a zip file that is cut short or damaged; fetch it again", e);
        }
        return plain(TorchFile.open(file, true, key), key);
    }

    private static TensorFile plain(TorchFile file, Optional<String> key) {
        return PlainNames.of(file, file.foundByKey() ? Optional.empty() : key);
    }

    private static InvalidInputException unusable(Path file, String reason, Exception cause) {
        return new InvalidInputException(
                "Not a usable weight file: " + file + ": " + reason
                        + ". Weights are read from safetensors files, PyTorch's checkpoints and Keras's HDF5 files",
                cause);
    }
}
