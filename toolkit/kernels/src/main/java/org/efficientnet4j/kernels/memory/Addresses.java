package org.efficientnet4j.kernels.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Addresses of arrays in native memory, and operations by address. */
public final class Addresses {
    private static final long FLOAT_BYTES = 4;

    private Addresses() {}

    /**
     * The address of an array's first element.
     *
     * @throws IllegalArgumentException unless the array is float32, row-major and without gaps
     */
    public static long of(INDArray array) {
        if (array.dataType() != DataType.FLOAT || !isDense(array)) {
            throw new IllegalArgumentException("Native kernels need row-major FLOAT arrays without gaps, but got "
                    + array.dataType() + " of shape " + Arrays.toString(array.shape()) + " and strides "
                    + Arrays.toString(array.stride()) + ": pass array.dup('c')");
        }
        return array.data().pointer().address() + array.offset() * FLOAT_BYTES;
    }

    /** A view of so many floats. */
    public static FloatBuffer floats(long address, int count) {
        return bytes(address, count * FLOAT_BYTES).asFloatBuffer();
    }

    /** A view of so many bytes, 2 GiB at most. */
    public static ByteBuffer bytes(long address, long bytes) {
        return new RawPointer().at(address, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Reads an array into the heap. */
    public static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        floats(of(array), values.length).get(values);
        return values;
    }

    /** Overwrites an array. */
    public static void write(float[] values, INDArray array) {
        floats(of(array), values.length).put(values);
    }

    /** Copies bytes between regions that do not overlap. */
    public static void copy(long from, long to, long bytes) {
        Pointer.memcpy(new RawPointer().at(to), new RawPointer().at(from), bytes);
    }

    /** Copies bytes between regions that may overlap. */
    public static void move(long from, long to, long bytes) {
        Pointer.memmove(new RawPointer().at(to), new RawPointer().at(from), bytes);
    }

    /** Sets bytes to zero. */
    public static void clear(long address, long bytes) {
        Pointer.memset(new RawPointer().at(address), 0, bytes);
    }

    private static boolean isDense(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }
}
