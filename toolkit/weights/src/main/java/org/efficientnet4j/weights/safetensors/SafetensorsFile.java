package org.efficientnet4j.weights.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;

/**
 * A {@code .safetensors} file. The header is checked whole when the file is opened; a tensor's bytes are mapped into memory
 * when it is read, so that opening costs the header alone.
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
            byte[] json = new byte[(int) headerBytes];
            readFully(channel, ByteBuffer.wrap(json), LENGTH_BYTES);
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
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length, 0);
        long bytes = length.getLong(0);
        if (bytes < 0 || bytes > MOST_HEADER_BYTES || bytes > size - LENGTH_BYTES) {
            throw new MalformedException(
                    "its header claims " + (bytes < 0 ? Long.toUnsignedString(bytes) : Numbers.grouped(bytes))
                            + " bytes of the file's " + Numbers.grouped(size) + " (at most "
                            + Numbers.grouped(MOST_HEADER_BYTES) + " are allowed)");
        }
        return bytes;
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw new MalformedException("it ends at byte " + Numbers.grouped(at));
            }
            at += read;
        }
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
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException("Tensor " + name + " of " + path + " has " + Numbers.grouped(bytes)
                    + " bytes; at most " + Numbers.grouped(Integer.MAX_VALUE) + " can be read");
        }
        float[] values = new float[(int) (bytes / entry.type().bytes())];
        try {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, dataStart + entry.begin(), bytes);
            entry.type().decode(mapped.order(ByteOrder.LITTLE_ENDIAN), values);
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
