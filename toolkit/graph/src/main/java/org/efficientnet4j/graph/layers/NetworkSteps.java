package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.efficientnet4j.kernels.InferenceStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's steps for inference, and the vertices they were read off.
 *
 * @param steps in an order in which they can run
 * @param names of the vertices, in that order
 */
public record NetworkSteps(List<InferenceStep> steps, List<String> names) {
    private static final int RANK = 4;

    /** Copies the lists. */
    public NetworkSteps {
        steps = List.copyOf(steps);
        names = List.copyOf(names);
    }

    /**
     * Checks a network's input before native code reads it.
     *
     * @param images {@code [N, C, H, W]}
     * @throws DL4JInvalidInputException for another rank or number of channels, or images smaller than some layer's kernel
     *     with its padding, naming the layer
     */
    public void requireImages(INDArray images) {
        if (steps.get(0) instanceof InferenceStep.Convolution first
                && (images.rank() != RANK
                        || images.isEmpty()
                        || images.size(1) != first.settings().inChannels())) {
            throw new DL4JInvalidInputException("The network must be given images [N, "
                    + first.settings().inChannels() + ", height, width], found an array of shape "
                    + Arrays.toString(images.shape()));
        }
        List<int[]> sizes = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            int source = steps.get(index).sources().get(0);
            int[] input = source == InferenceStep.IMAGES
                    ? new int[] {(int) images.size(2), (int) images.size(3)}
                    : sizes.get(source);
            int[] output = output(steps.get(index), input);
            if (output[0] < 1 || output[1] < 1) {
                throw new DL4JInvalidInputException("The layer " + names.get(index) + " must be given images that are,"
                        + " with their padding, at least as large as its kernel, found images of height " + input[0]
                        + " and width " + input[1] + " there, of the network's input of height " + images.size(2)
                        + " and width " + images.size(3));
            }
            sizes.add(output);
        }
    }

    private static int[] output(InferenceStep step, int[] input) {
        if (step instanceof InferenceStep.Convolution convolution) {
            return new int[] {
                convolution.settings().outputSize(input[0]),
                convolution.settings().outputSize(input[1])
            };
        } else if (step instanceof InferenceStep.WindowPooling pooling) {
            return new int[] {
                pooling.settings().rows(input[0]).size(),
                pooling.settings().columns(input[1]).size()
            };
        }
        return input;
    }
}
