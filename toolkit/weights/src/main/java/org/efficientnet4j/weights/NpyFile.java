package org.efficientnet4j.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.files.FileErrors;

/**
 * NumPy's array files: float32 and float64 of either byte order, in c order, format versions 1 to 3.
 *
 * <p>Source: {@code numpy.lib.format}'s description.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_HEADER_BYTES = 1 << 16;
    private static final Pattern SIZE = Pattern.compile("\\d+");
    private static final Pattern HEADER = Pattern.compile("\\s*\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*"
            + "'fortran_order'\\s*:\\s*(True|False)\\s*,\\s*'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)\\s*,?\\s*}\\s*");

    private final List<Long> shape;
    private final float[] values;

    /**
     * An array.
     *
     * @param shape sizes, outermost first
     * @param values in c order; not copied
     * @throws IllegalArgumentException unless there are as many values as the shape says
     */
    public NpyFile(List<Long> shape, float[] values) {
        this.shape = List.copyOf(shape);
        this.values = values;
        if (shape.stream().reduce(1L, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    "An array of shape " + shape + " can't have " + values.length + " values");
        }
    }

    /** Sizes, outermost first. */
    public List<Long> shape() {
        return shape;
    }

    /** The elements in c order, not copied. */
    public float[] values() {
        return values;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it is missing, damaged or holds something else
     */
    public static NpyFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Not a usable .npy file: " + file + ": " + FileErrors.reason(e)
                            + ". Write it by numpy.save as float32",
                    e);
        }
    }

    private static NpyFile read(FileChannel channel) throws IOException {
        ByteBuffer start = FilePart.read(channel, 0, 12);
        byte[] magic = new byte[MAGIC.length];
        start.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it does not begin as one");
        }
        int version = start.get();
        start.get();
        boolean wide = version >= 2;
        int headerStart = wide ? 12 : 10;
        int headerBytes = wide ? start.getInt() : Short.toUnsignedInt(start.getShort());
        if (version < 1 || version > 3 || headerBytes < 0 || headerBytes > MOST_HEADER_BYTES) {
            throw new IOException("version " + version + " with a header of " + headerBytes + " bytes is not known");
        }
        byte[] header = FilePart.read(channel, headerStart, headerBytes).array();
        return read(channel, headerStart + headerBytes, new String(header, StandardCharsets.UTF_8));
    }

    private static NpyFile read(FileChannel channel, long dataStart, String header) throws IOException {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches() || matcher.group(2).equals("True")) {
            throw new IOException("its header is " + header.strip() + "; arrays in c order are read");
        }
        String type = matcher.group(1);
        ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int width =
                switch (type) {
                    case "<f4", ">f4" -> Float.BYTES;
                    case "<f8", ">f8" -> Double.BYTES;
                    default -> throw new IOException("its elements are " + type + "; float32 and float64 are read");
                };
        List<Long> shape = shape(matcher.group(3));
        long bytes = channel.size() - dataStart;
        if (elements(shape) > Integer.MAX_VALUE / width || elements(shape) * width != bytes) {
            throw new IOException("an array " + shape + " of " + type + " does not take the " + Numbers.grouped(bytes)
                    + " bytes it has");
        }
        ByteBuffer data = FilePart.read(channel, dataStart, bytes).order(order);
        float[] values = new float[(int) elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = width == Float.BYTES ? data.getFloat() : (float) data.getDouble();
        }
        return new NpyFile(shape, values);
    }

    private static List<Long> shape(String text) throws IOException {
        List<Long> shape = new ArrayList<>();
        Matcher sizes = SIZE.matcher(text);
        while (sizes.find()) {
            try {
                shape.add(Long.parseLong(sizes.group()));
            } catch (NumberFormatException e) {
                throw new IOException("its shape is (" + text + ")", e);
            }
        }
        return shape;
    }

    private static long elements(List<Long> shape) throws IOException {
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new IOException("an array " + shape + " has more elements than a file can", e);
        }
    }

    /**
     * Writes the array as float32, wholly or not at all.
     *
     * @throws InvalidInputException if that fails
     */
    public void write(Path file) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        AtomicFiles.write(file, out -> {
            out.write(header(shape, 0));
            out.write(data.array());
        });
    }

    /**
     * Header of a float32 file.
     *
     * @param shape sizes, outermost first
     * @param least bytes at least, so that a header may be written when its array is complete; it becomes longer where
     *     the shape needs it
     */
    public static byte[] header(List<Long> shape, int least) {
        String sizes = shape.stream().map(size -> size + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int used = Math.max(least, MAGIC.length + 4 + text.length() + 1);
        int length = (used + 63) / 64 * 64;
        String padded = text + " ".repeat(length - MAGIC.length - 4 - text.length() - 1) + "\n";
        return ByteBuffer.allocate(length)
                .put(MAGIC)
                .put(new byte[] {1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)})
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
