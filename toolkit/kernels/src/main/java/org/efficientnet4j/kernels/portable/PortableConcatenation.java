package org.efficientnet4j.kernels.portable;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConcatenationKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Copies between views. */
final class PortableConcatenation implements ConcatenationKernel {
    private static final int CHANNEL_AXIS = 3;

    @Override
    public INDArray forward(List<INDArray> inputs, ArrayAllocator arrays) {
        long[] shape = inputs.get(0).shape().clone();
        shape[CHANNEL_AXIS] =
                inputs.stream().mapToLong(input -> input.size(CHANNEL_AXIS)).sum();
        INDArray result = arrays.activations(shape);
        long first = 0;
        for (INDArray input : inputs) {
            long end = first + input.size(CHANNEL_AXIS);
            channels(result, first, end).assign(input);
            first = end;
        }
        return result;
    }

    @Override
    public List<INDArray> backward(List<Integer> channels, INDArray epsilon, ArrayAllocator arrays) {
        List<INDArray> result = new ArrayList<>();
        long first = 0;
        for (int count : channels) {
            INDArray part = channels(epsilon, first, first + count);
            result.add(arrays.gradient(part.shape()).assign(part));
            first += count;
        }
        return result;
    }

    private static INDArray channels(INDArray images, long first, long end) {
        return images.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(first, end));
    }
}
