package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of a layer's input before native code reads it; failing ones name the layer, the shape expected and the found. */
final class InputChecks {
    private static final int RANK = 4;
    private static final int CHANNEL_AXIS = 3;

    private InputChecks() {}

    /**
     * Checks that an input is a batch of channels-last images.
     *
     * @throws DL4JInvalidInputException for another rank or another number of channels
     */
    static void images(String layer, INDArray input, long channels) {
        if (input.rank() != RANK || input.size(CHANNEL_AXIS) != channels || input.isEmpty()) {
            String hint = input.rank() == RANK && input.size(1) == channels
                    ? ": channels must come last, permute the array by (0, 2, 3, 1)"
                    : "";
            throw new DL4JInvalidInputException("The layer " + layer + " must be given images [N, height, width, "
                    + channels + "], found an array of shape " + Arrays.toString(input.shape()) + hint);
        }
    }

    /**
     * Checks that an input is a batch of feature vectors.
     *
     * @throws DL4JInvalidInputException for another rank or another number of features
     */
    static void features(String layer, INDArray input, long features) {
        if (input.rank() != 2 || input.size(1) != features || input.isEmpty()) {
            throw new DL4JInvalidInputException("The layer " + layer + " must be given features [N, " + features
                    + "], found an array of shape " + Arrays.toString(input.shape()));
        }
    }

    /**
     * Checks that a layer's output has a pixel at least.
     *
     * @throws DL4JInvalidInputException for images smaller than the kernel with its padding
     */
    static void outputSize(String layer, INDArray input, int outputHeight, int outputWidth, int kernel) {
        if (outputHeight < 1 || outputWidth < 1) {
            throw new DL4JInvalidInputException("The layer " + layer + " must be given images that are, with their"
                    + " padding, at least as large as its kernel of " + kernel + " x " + kernel
                    + " pixels, found images of height " + input.size(1) + " and width " + input.size(2));
        }
    }

    /**
     * Checks that images to be added or put behind each other agree.
     *
     * @param axes how many of the first axes must agree
     * @throws DL4JInvalidInputException for other shapes
     */
    static void agree(String layer, INDArray[] inputs, int axes) {
        for (INDArray input : inputs) {
            boolean alike = input.rank() == RANK && inputs[0].rank() == RANK;
            for (int axis = 0; alike && axis < axes; axis++) {
                alike = input.size(axis) == inputs[0].size(axis);
            }
            if (!alike) {
                throw new DL4JInvalidInputException("The vertex " + layer
                        + " must be given images [N, height, width, C]"
                        + (axes == RANK ? " of one shape" : " that agree in all but their channels")
                        + ", found arrays of"
                        + " shape " + Arrays.toString(inputs[0].shape()) + " and " + Arrays.toString(input.shape()));
            }
        }
    }
}
