package org.efficientnet4j.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.keras.KerasFile;
import org.efficientnet4j.weights.safetensors.SafetensorsFile;
import org.efficientnet4j.weights.torch.TorchFile;

/** Opens files of weights by the end of their names. */
public final class WeightFiles {
    private WeightFiles() {}

    /**
     * Opens a file.
     *
     * @throws InvalidInputException if it is missing, damaged or of an unknown format
     */
    public static TensorFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("There is no weight file " + file + ": check the path");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return SafetensorsFile.open(file);
        }
        if (name.endsWith(".pth") || name.endsWith(".pt") || name.endsWith(".bin")) {
            return TorchFile.open(file);
        }
        if (name.endsWith(".h5") || name.endsWith(".hdf5") || name.endsWith(".keras")) {
            return KerasFile.open(file);
        }
        throw new InvalidInputException(
                "Weights are read from .safetensors, .pth, .pt, .bin, .h5, .hdf5 and .keras files, found " + file
                        + ": convert it, or mend its name");
    }
}
