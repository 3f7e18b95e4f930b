package org.efficientnet4j.weights.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.weights.FilePart;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;

/**
 * A {@code .safetensors} file. The header is checked whole when the file is opened, and a tensor's bytes are read when it is
 * asked for, so that opening costs the header alone.
 */
public final class SafetensorsFile implements TensorFile {
    /** As the format's own library has it. */
    static final long MOST_HEADER_BYTES = 100_000_000;

    private static final int LENGTH_BYTES = 8;

    private final Path path;
    private final FileChannel channel;
    private final Header header;
    private final long dataStart;

    private SafetensorsFile(Path path, FileChannel channel, Header header, long dataStart) {
        this.path = path;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws InvalidInputException if it cannot be read or is malformed, saying where
     */
    public static SafetensorsFile open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            long headerBytes = headerBytes(channel);
            byte[] json = FilePart.read(channel, LENGTH_BYTES, headerBytes).array();
            long dataStart = LENGTH_BYTES + headerBytes;
            return new SafetensorsFile(path, channel, Header.parse(json, channel.size() - dataStart), dataStart);
        } catch (IOException e) {
            closeAfter(channel, e);
            throw new InvalidInputException(
                    "Not a usable safetensors file: " + path + ": " + FileErrors.reason(e) + ". Fetch the file again",
                    e);
        }
    }

    private static long headerBytes(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw new MalformedException("it has " + Numbers.counted(size, "byte") + ", too few for a header");
        }
        long bytes = FilePart.read(channel, 0, LENGTH_BYTES).getLong();
        if (bytes < 0 || bytes > MOST_HEADER_BYTES || bytes > size - LENGTH_BYTES) {
            throw new MalformedException(
                    "its header claims " + (bytes < 0 ? Long.toUnsignedString(bytes) : Numbers.grouped(bytes))
                            + " bytes of the file's " + Numbers.grouped(size) + " (at most "
                            + Numbers.grouped(MOST_HEADER_BYTES) + " are allowed)");
        }
        return bytes;
    }

    private static void closeAfter(FileChannel channel, IOException failure) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public List<TensorInfo> tensors() {
        return header.entries().entrySet().stream()
                .map(entry -> new TensorInfo(
                        entry.getKey(),
                        entry.getValue().type().name(),
                        entry.getValue().shape()))
                .toList();
    }

    /** The file's own remarks, such as {@code format}. */
    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    @Override
    public float[] read(String name) {
        Header.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new InvalidInputException(path + " has no tensor " + name);
        }
        if (!entry.type().isReal()) {
            throw new InvalidInputException("Tensor " + name + " of " + path + " holds " + entry.type()
                    + "; weights must be F64, F32, F16 or BF16");
        }
        long bytes = entry.end() - entry.begin();
        if (bytes > FilePart.MOST_BYTES) {
            throw new InvalidInputException("Tensor " + name + " of " + path + " has " + Numbers.grouped(bytes)
                    + " bytes; at most " + Numbers.grouped(FilePart.MOST_BYTES) + " can be read");
        }
        float[] values = new float[(int) (bytes / entry.type().bytes())];
        try {
            entry.type().decode(FilePart.read(channel, dataStart + entry.begin(), bytes), values);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read tensor " + name + " of " + path + ": " + FileErrors.reason(e), e);
        }
        return values;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
