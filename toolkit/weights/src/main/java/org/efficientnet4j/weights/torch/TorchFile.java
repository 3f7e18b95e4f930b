package org.efficientnet4j.weights.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.weights.StoredEntries;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;

/**
 * A {@code .pth} or {@code .pt} file with a state dict, alone or in a training checkpoint under {@code state_dict_ema},
 * {@code model_ema}, {@code state_dict} or {@code model}. A {@code module.} before every name, {@code DataParallel}'s, is
 * left out.
 */
public final class TorchFile implements TensorFile {
    private static final List<String> NESTED = List.of("state_dict_ema", "model_ema", "state_dict", "model");
    private static final String PARALLEL = "module.";
    private static final String INDEX = "data.pkl";

    private final Path path;
    private final ZipFile zip;
    private final String folder;
    private final Map<String, PickledTensor> tensors;

    private TorchFile(Path path, ZipFile zip, String folder, Map<String, PickledTensor> tensors) {
        this.path = path;
        this.zip = zip;
        this.folder = folder;
        this.tensors = tensors;
    }

    /**
     * Opens a file and reads its index.
     *
     * @throws InvalidInputException if it cannot be read, is malformed, or holds more than tensors
     */
    public static TorchFile open(Path path) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            String folder = folder(zip);
            requireLittleEndian(zip, folder);
            Object root = Unpickler.load(StoredEntries.read(zip, folder + INDEX));
            return new TorchFile(path, zip, folder, stateDict(root));
        } catch (ZipException e) {
            throw unusable(
                    path,
                    zip,
                    "it is not a zip file, which torch.save writes since PyTorch 1.6 (" + e.getMessage() + ")",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof IOException io ? FileErrors.reason(io) : e.getMessage();
            throw unusable(path, zip, reason, e);
        }
    }

    private static InvalidInputException unusable(Path path, ZipFile zip, String reason, Exception cause) {
        if (zip != null) {
            try {
                zip.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        return new InvalidInputException("Not a usable PyTorch checkpoint: " + path + ": " + reason, cause);
    }

    private static String folder(ZipFile zip) throws IOException {
        List<String> found = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith("/" + INDEX))
                .toList();
        if (found.size() != 1) {
            throw new PickleException("it has " + found.size() + " entries named " + INDEX + ", expected one");
        }
        return found.get(0).substring(0, found.get(0).length() - INDEX.length());
    }

    private static void requireLittleEndian(ZipFile zip, String folder) throws IOException {
        if (zip.getEntry(folder + "byteorder") != null) {
            String order = new String(StoredEntries.read(zip, folder + "byteorder"), StandardCharsets.US_ASCII);
            if (!order.equals("little")) {
                throw new PickleException("its byte order is '" + order + "'; little is read");
            }
        }
    }

    private static Map<String, PickledTensor> stateDict(Object root) throws PickleException {
        if (!(root instanceof Map<?, ?> map)) {
            throw new PickleException("it holds no dictionary");
        }
        for (String key : NESTED) {
            if (map.get(key) instanceof Map<?, ?> nested) {
                return named(nested);
            }
        }
        return named(map);
    }

    private static Map<String, PickledTensor> named(Map<?, ?> dictionary) throws PickleException {
        Map<String, PickledTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
            if (entry.getKey() instanceof String name && entry.getValue() instanceof PickledTensor tensor) {
                tensors.put(name, tensor);
            }
        }
        if (tensors.isEmpty()) {
            throw new PickleException("its dictionary has no tensors: save model.state_dict()");
        }
        if (tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
            Map<String, PickledTensor> plain = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> plain.put(name.substring(PARALLEL.length()), tensor));
            return plain;
        }
        return tensors;
    }

    @Override
    public List<TensorInfo> tensors() {
        return tensors.entrySet().stream()
                .map(entry -> new TensorInfo(
                        entry.getKey(),
                        entry.getValue().storage().type().name(),
                        entry.getValue().shape()))
                .toList();
    }

    @Override
    public float[] read(String name) {
        PickledTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidInputException(path + " has no tensor " + name);
        }
        PickledTensor.Storage storage = tensor.storage();
        if (!storage.type().isReal()) {
            throw new InvalidInputException("Tensor " + name + " of " + path + " holds " + storage.type()
                    + "; weights must be floating-point numbers");
        }
        try {
            byte[] bytes = StoredEntries.read(zip, folder + "data/" + storage.key());
            if (storage.elements() > bytes.length / storage.type().bytes()) {
                throw new PickleException("its storage " + storage.key() + " has " + bytes.length
                        + " bytes, too few for " + storage.elements() + " elements of " + storage.type());
            }
            float[] values = new float[(int) storage.elements()];
            storage.type().decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), values);
            return tensor.gather(values);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException("Cannot read tensor " + name + " of " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
