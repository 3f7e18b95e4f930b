package org.efficientnet4j.kernels.onednn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.efficientnet4j.kernels.memory.Addresses;

/**
 * Native memory that ends at a page which kills the process that reads or writes it: the last page of a mapped file that
 * has been cut off since (a Unix bus error). In front of an array lie numbers that must not change.
 */
final class GuardedMemory {
    private static final int PAGE = 1 << 16;

    /** Floats in front of an array. */
    private static final int FRONT = 1024;

    /** A NaN that arithmetic does not give. */
    private static final int UNTOUCHED = 0x7fc0dead;

    /** Keeps the file mapped. */
    private final MappedByteBuffer mapped;

    private final int capacity;
    private final long end;
    private int length;

    /** Room for arrays of so many floats. */
    GuardedMemory(int floats) {
        capacity = floats;
        long bytes = (4L * (floats + FRONT) + PAGE - 1) / PAGE * PAGE;
        try {
            Path file = Files.createTempFile("guarded", ".memory");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                mapped = channel.map(MapMode.READ_WRITE, 0, bytes + PAGE);
                channel.truncate(bytes);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = new BytePointer(mapped).address() + bytes;
    }

    /** The most floats of an array. */
    int capacity() {
        return capacity;
    }

    /** Places an array of NaN directly before the page and gives its address. */
    long place(int floats) {
        length = floats;
        int[] values = new int[floats + FRONT];
        Arrays.fill(values, UNTOUCHED);
        Addresses.bytes(end - 4L * values.length, 4L * values.length)
                .asIntBuffer()
                .put(values);
        return end - 4L * floats;
    }

    /** Places an array of these values directly before the page and gives its address. */
    long place(float[] values) {
        long address = place(values.length);
        Addresses.floats(address, values.length).put(values);
        return address;
    }

    /** The array that was placed last. */
    float[] read() {
        float[] values = new float[length];
        Addresses.floats(end - 4L * length, length).get(values);
        return values;
    }

    /** True of a number that nobody has written since it was placed. */
    static boolean isUntouched(float value) {
        return Float.floatToRawIntBits(value) == UNTOUCHED;
    }

    /** True while nobody has written in front of the array. */
    boolean isFrontUntouched() {
        int[] front = new int[FRONT];
        Addresses.bytes(end - 4L * (length + FRONT), 4L * FRONT).asIntBuffer().get(front);
        return Arrays.stream(front).allMatch(value -> value == UNTOUCHED);
    }
}
