package org.efficientnet4j.weights.keras;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipFile;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.core.files.FileKind;
import org.efficientnet4j.weights.FilePart;
import org.efficientnet4j.weights.StoredEntries;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;

/**
 * A Keras model's weights in HDF5: {@code .h5} as {@code save_weights} and {@code save} of Keras 2 write it, Keras 3's
 * {@code .weights.h5}, and the same inside of its {@code .keras}. Tensors are named {@code layer/variable}, such as {@code stem_conv/kernel}; see {@link LayerNames}.
 *
 * <p>The file is read into memory as a whole, where the HDF5 library finds what it reads and does not allocate what a damaged
 * size tells it to.
 */
public final class KerasFile implements TensorFile {
    /** The entry of a {@code .keras} archive that holds the weights. */
    public static final String ARCHIVED = "model.weights.h5";

    private static final byte SIGNATURE = (byte) 0x89;

    private final Path path;
    private final HdfFile hdf;
    private final Map<String, HdfTensor> tensors;

    private KerasFile(Path path, HdfFile hdf, Map<String, HdfTensor> tensors) {
        this.path = path;
        this.hdf = hdf;
        this.tensors = tensors;
    }

    /**
     * Opens a file and reads its groups.
     *
     * @throws InvalidInputException if it cannot be read, is malformed or is no Keras file
     */
    public static KerasFile open(Path path) {
        try {
            ByteBuffer bytes = FileKind.of(path) == FileKind.ZIP ? archived(path) : whole(path);
            requireWhole(bytes);
            HdfFile hdf = HdfFile.fromByteBuffer(bytes);
            return new KerasFile(path, hdf, LayerNames.tensors(hdf, bytes.capacity()));
        } catch (IOException e) {
            throw unusable(path, FileErrors.reason(e), e);
        } catch (RuntimeException | StackOverflowError e) {
            // The HDF5 library answers damage with whatever exception it runs into.
            throw unusable(path, reason(e), e);
        }
    }

    /**
     * Compares the length with what the file's first block says.
     *
     * <p>Source: HDF5 file format specification, II.A superblock.
     */
    private static void requireWhole(ByteBuffer bytes) throws IOException {
        ByteBuffer block = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int version = block.capacity() > 48 && block.get(0) == SIGNATURE ? block.get(8) : -1;
        boolean old = version == 0 || version == 1;
        boolean known = old || version == 2 || version == 3;
        if (known && block.get(old ? 13 : 9) == Long.BYTES) {
            long end = block.getLong(version == 0 ? 40 : version == 1 ? 44 : 28);
            if (end > block.capacity()) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "it is cut short: it has %,d of %,d bytes; fetch it again",
                        block.capacity(),
                        end));
            }
        }
    }

    private static ByteBuffer archived(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return ByteBuffer.wrap(StoredEntries.read(zip, ARCHIVED));
        }
    }

    private static ByteBuffer whole(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > FilePart.MOST_BYTES) {
                throw new IOException("it has " + Numbers.grouped(channel.size()) + " bytes; at most "
                        + Numbers.grouped(FilePart.MOST_BYTES) + " can be read");
            }
            return FilePart.read(channel, 0, channel.size());
        }
    }

    private static InvalidInputException unusable(Path path, String reason, Throwable cause) {
        return new InvalidInputException("Not a usable Keras weight file: " + path + ": " + reason, cause);
    }

    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost instanceof HdfException ? innermost.getMessage() : "it is damaged (" + innermost + ")";
    }

    @Override
    public List<TensorInfo> tensors() {
        return tensors.entrySet().stream()
                .map(entry -> new TensorInfo(
                        entry.getKey(),
                        entry.getValue().type(),
                        entry.getValue().shape()))
                .toList();
    }

    @Override
    public float[] read(String name) {
        HdfTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidInputException(path + " has no tensor " + name);
        }
        try {
            return tensor.read();
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidInputException("Cannot read tensor " + name + " of " + path + ": " + reason(e), e);
        }
    }

    @Override
    public void close() {
        hdf.close();
    }
}
