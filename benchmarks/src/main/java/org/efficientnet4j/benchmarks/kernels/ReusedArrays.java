package org.efficientnet4j.benchmarks.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Hands out the same arrays in each run of the same calls, as DL4J's workspaces do. */
final class ReusedArrays implements ArrayAllocator {
    private final List<INDArray> arrays = new ArrayList<>();
    private int next;

    /** The next array is the first one again. */
    void rewind() {
        next = 0;
    }

    @Override
    public INDArray activations(long... shape) {
        if (next == arrays.size()) {
            arrays.add(Nd4j.create(DataType.FLOAT, shape));
        }
        INDArray array = arrays.get(next++);
        if (!Arrays.equals(array.shape(), shape)) {
            throw new IllegalStateException("Expected " + Arrays.toString(array.shape())
                    + " as in the run before, found " + Arrays.toString(shape));
        }
        return array;
    }

    @Override
    public INDArray gradient(long... shape) {
        return activations(shape);
    }

    @Override
    public INDArray working(long... shape) {
        return activations(shape);
    }
}
