package org.efficientnet4j.model;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.efficientnet4j.core.Numbers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Reads a vector as {@code Nd4j.write} stores it, checking every number of the header before memory is taken: ND4J's own
 * reader believes the length and writes past the end of the buffer.
 *
 * <p>Source: {@code BaseDataBuffer.write} of ND4J 1.0.0-M2.1: allocation mode, length and type of the shape information
 * (rank, shape, strides, flags, element stride, order), the same of the elements, all big-endian.
 */
final class StoredArray {
    private static final Set<String> MODES = Set.of("MIXED_DATA_TYPES", "LONG_SHAPE");
    private static final int CHUNK = 1 << 18;

    private final DataInputStream data;
    private final long bytes;
    private long headerBytes;

    private StoredArray(InputStream in, long bytes) {
        this.data = new DataInputStream(in);
        this.bytes = bytes;
    }

    /** Says how many elements an array may have. */
    @FunctionalInterface
    interface Length {
        /**
         * Accepts a number of elements.
         *
         * @throws IOException for another number than expected
         */
        void require(long found) throws IOException;

        /** Exactly so many. */
        static Length exactly(long expected) {
            return found -> {
                if (found != expected) {
                    throw new MalformedArrayException("the network needs " + Numbers.grouped(expected)
                            + " numbers, found " + Numbers.grouped(found));
                }
            };
        }

        /** Any number. */
        static Length any() {
            return found -> {};
        }
    }

    /** A header's lengths and type. */
    private record Part(long length, String type) {}

    /**
     * Reads a vector {@code [n]} or {@code [1, n]} of FLOAT or DOUBLE.
     *
     * @param in the entry
     * @param bytes of the entry
     * @throws IOException if the header is not that of such a vector, or does not agree with the entry's length
     */
    static INDArray read(InputStream in, long bytes, Length expected) throws IOException {
        StoredArray array = new StoredArray(in, bytes);
        try {
            return array.read(expected);
        } catch (UTFDataFormatException e) {
            throw new MalformedArrayException("it does not begin as an ND4J array");
        } catch (EOFException e) {
            throw new MalformedArrayException("its " + Numbers.grouped(bytes) + " bytes are too few for an ND4J array");
        }
    }

    private INDArray read(Length expected) throws IOException {
        long[] shape = shape();
        Part elements = part();
        DataType type =
                switch (elements.type()) {
                    case "FLOAT" -> DataType.FLOAT;
                    case "DOUBLE" -> DataType.DOUBLE;
                    default ->
                        throw new MalformedArrayException(
                                "its numbers must be FLOAT or DOUBLE, found " + printable(elements.type()));
                };
        long length = LongStream.of(shape).max().orElse(0);
        if (elements.length() != length
                || length != (bytes - headerBytes) / type.width()
                || (bytes - headerBytes) % type.width() != 0) {
            throw new MalformedArrayException(
                    "an array of " + Numbers.grouped(length) + " numbers of type " + type + ", with "
                            + Numbers.grouped(elements.length()) + " elements stored, must fill its entry, found "
                            + Numbers.grouped(bytes - headerBytes) + " bytes for them");
        }
        expected.require(length);
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        fill(array.reshape(length), type);
        return array;
    }

    private long[] shape() throws IOException {
        Part part = part();
        if (!part.type().equals("LONG") || (part.length() != 6 && part.length() != 8)) {
            throw new MalformedArrayException("its shape must be that of a vector, in 6 or 8 LONG numbers, found "
                    + Numbers.grouped(part.length()) + " of " + printable(part.type()));
        }
        long[] information = new long[(int) part.length()];
        for (int i = 0; i < information.length; i++) {
            information[i] = data.readLong();
            headerBytes += Long.BYTES;
        }
        int rank = (information.length - 4) / 2;
        long[] shape = LongStream.of(information).skip(1).limit(rank).toArray();
        long order = information[information.length - 1];
        boolean vector = shape[0] >= 1 && shape[rank - 1] >= 1 && (rank == 1 || shape[0] == 1);
        boolean dense = information[2 * rank] == 1 || shape[rank - 1] == 1;
        if (information[0] != rank || !vector || !dense || (order != 'c' && order != 'f')) {
            throw new MalformedArrayException("its shape must be [n] or [1, n] without gaps, found "
                    + LongStream.of(information).boxed().toList());
        }
        return shape;
    }

    private Part part() throws IOException {
        String mode = text();
        if (!MODES.contains(mode)) {
            throw new MalformedArrayException("an ND4J array must begin with one of "
                    + List.of("LONG_SHAPE", "MIXED_DATA_TYPES") + ", found " + printable(mode));
        }
        long length = data.readLong();
        headerBytes += Long.BYTES;
        return new Part(length, text());
    }

    private String text() throws IOException {
        String text = data.readUTF();
        headerBytes += Short.BYTES + text.length();
        return text;
    }

    private void fill(INDArray vector, DataType type) throws IOException {
        int width = type.width();
        byte[] chunk = new byte[(int) Math.min(CHUNK, vector.length()) * width];
        for (long at = 0; at < vector.length(); ) {
            int count = (int) Math.min(CHUNK, vector.length() - at);
            data.readFully(chunk, 0, count * width);
            ByteBuffer numbers = ByteBuffer.wrap(chunk, 0, count * width);
            INDArray part = type == DataType.FLOAT ? floats(numbers, count) : doubles(numbers, count);
            vector.get(NDArrayIndex.interval(at, at + count)).assign(part);
            at += count;
        }
    }

    private static INDArray floats(ByteBuffer numbers, int count) {
        float[] values = new float[count];
        numbers.asFloatBuffer().get(values);
        return Nd4j.createFromArray(values);
    }

    private static INDArray doubles(ByteBuffer numbers, int count) {
        double[] values = new double[count];
        numbers.asDoubleBuffer().get(values);
        return Nd4j.createFromArray(values);
    }

    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return "'" + shown.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    /** A header that does not describe the vector wanted; the message is the end of a sentence that names the entry. */
    static final class MalformedArrayException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedArrayException(String message) {
            super(message);
        }
    }
}
