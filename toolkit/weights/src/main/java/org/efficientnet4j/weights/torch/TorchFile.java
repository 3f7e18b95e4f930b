package org.efficientnet4j.weights.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.weights.Remarks;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;

/**
 * A file of {@code torch.save} with a state dict, alone or in a training checkpoint under one of the keys of
 * {@link StateDicts}, or with a module. What else a checkpoint holds (arguments, optimizers, arrays) is passed over.
 */
public final class TorchFile implements TensorFile {
    private final Path path;
    private final Container container;
    private final StateDicts.Found stateDict;
    private final Remarks remarks;

    private TorchFile(Path path, Container container, StateDicts.Found stateDict, Remarks remarks) {
        this.path = path;
        this.container = container;
        this.stateDict = stateDict;
        this.remarks = remarks;
    }

    /**
     * Opens a file and reads its index.
     *
     * @param zipped if it is a zip file, as PyTorch writes since 1.6
     * @param key the key of the state dict in a training checkpoint; the preferred one where it is empty or not a key
     * @throws InvalidInputException if it cannot be read, is malformed, or has no state dict
     */
    public static TorchFile open(Path path, boolean zipped, Optional<String> key) {
        Container container = null;
        try {
            container = zipped ? ZipContainer.open(path) : LegacyContainer.open(path);
            Remarks remarks = new Remarks();
            return new TorchFile(path, container, StateDicts.find(container.root(), key, remarks), remarks);
        } catch (ZipException e) {
            throw unusable(
                    path, container, "it is a zip file that is cut short or damaged (" + e.getMessage() + ")", e);
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof IOException io ? FileErrors.reason(io) : e.getMessage();
            throw unusable(path, container, reason, e);
        }
    }

    private static InvalidInputException unusable(Path path, Container container, String reason, Exception cause) {
        if (container != null) {
            try {
                container.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        return new InvalidInputException("Not a usable PyTorch checkpoint: " + path + ": " + reason, cause);
    }

    @Override
    public List<TensorInfo> tensors() {
        return stateDict.tensors().entrySet().stream()
                .map(entry -> new TensorInfo(
                        entry.getKey(),
                        entry.getValue().storage().type().name(),
                        entry.getValue().shape()))
                .toList();
    }

    /** Tells if the key that was asked for is a key of the checkpoint. */
    public boolean foundByKey() {
        return stateDict.byKey();
    }

    @Override
    public List<String> remarks() {
        return remarks.sentences();
    }

    @Override
    public float[] read(String name) {
        PickledTensor tensor = stateDict.tensors().get(name);
        if (tensor == null) {
            throw new InvalidInputException(path + " has no tensor " + name);
        }
        PickledTensor.Storage storage = tensor.storage();
        if (!storage.type().isReal()) {
            throw new InvalidInputException("Tensor " + name + " of " + path + " holds " + storage.type()
                    + "; weights must be floating-point numbers");
        }
        try {
            ByteBuffer elements = container.elements(storage);
            float[] values = new float[(int) storage.elements()];
            storage.type().decode(elements, values);
            return tensor.gather(values);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException("Cannot read tensor " + name + " of " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            container.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
