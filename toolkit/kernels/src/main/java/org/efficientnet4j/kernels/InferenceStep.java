package org.efficientnet4j.kernels;

import java.util.List;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a network in inference. A network is a list of them, each reading results of steps before it, which it names
 * by their indices; {@link #IMAGES} are the network's input {@code [N, H, W, C]}. A branch's steps follow each other, and
 * those of a shortcut follow the branch. Parameters are views of the network's own: whoever runs the steps sees what is in
 * them at that moment.
 */
public sealed interface InferenceStep {
    /** The index of the network's input. */
    int IMAGES = -1;

    /** The indices of the steps whose results are read. */
    List<Integer> sources();

    /**
     * {@code [N, H, W, I]} to {@code [N, H/s, W/s, O]}, batch norm (if any) by its running statistics.
     *
     * @param source the step whose result is read
     */
    record Convolution(int source, ConvolutionSettings settings, ConvolutionParameters parameters)
            implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(source);
        }
    }

    /**
     * {@code [N, H, W, C]}, each channel times its gate.
     *
     * @param source the step whose result is read
     */
    record SqueezeExcite(int source, SqueezeExciteSettings settings, SqueezeExciteParameters parameters)
            implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(source);
        }
    }

    /**
     * The sum of two steps' results.
     *
     * @param branch one step
     * @param shortcut the other
     * @param activation behind the sum
     */
    record Residual(int branch, int shortcut, Activation activation) implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(branch, shortcut);
        }
    }

    /**
     * Maxima or means over windows.
     *
     * @param source the step whose result is read
     */
    record WindowPooling(int source, PoolingSettings settings, int channels) implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(source);
        }
    }

    /**
     * The mean over pixels: {@code [N, H, W, C]} to {@code [N, C]}.
     *
     * @param source the step whose result is read
     */
    record Pooling(int source, int channels) implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(source);
        }
    }

    /**
     * The classes' probabilities (softmax): {@code [N, features]} to {@code [N, classes]}.
     *
     * @param source the step whose result is read
     * @param weights {@code [classes, features]}
     * @param bias {@code [classes]}
     */
    record Classifier(int source, INDArray weights, INDArray bias) implements InferenceStep {
        @Override
        public List<Integer> sources() {
            return List.of(source);
        }
    }
}
