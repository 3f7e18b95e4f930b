package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One parameter of a layer: where it lies in DL4J's flat vector follows from the order of the layer's list.
 *
 * @param name the key after the vertex's name, e.g. {@code gamma}
 * @param initialValue its value, or its mean where {@code deviation} is above 0
 * @param deviation the standard deviation of its normal initial distribution; 0 for a constant
 * @param weight whether weight decay applies: kernels only
 * @param shape as stored, in c order
 */
record ParameterSpec(String name, double initialValue, double deviation, boolean weight, List<Long> shape) {
    /**
     * A kernel drawn from N(0, sqrt(2 / fanOut)), not truncated.
     *
     * <p>Source: tensorflow/tpu {@code efficientnet_model.py}, {@code conv_kernel_initializer}.
     *
     * @param fanOut kernel height times width times output channels; the channels count as 1 when depthwise
     */
    static ParameterSpec kernel(String name, long fanOut, long... shape) {
        return new ParameterSpec(
                name,
                0,
                Math.sqrt(2.0 / fanOut),
                true,
                Arrays.stream(shape).boxed().toList());
    }

    static ParameterSpec constant(String name, double value, long length) {
        return new ParameterSpec(name, value, 0, false, List.of(length));
    }

    long length() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    void initialise(INDArray view) {
        if (deviation > 0) {
            view.assign(Nd4j.randn(view.dataType(), view.length()).muli(deviation));
        } else {
            view.assign(initialValue);
        }
    }
}
