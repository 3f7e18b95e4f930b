package org.efficientnet4j.transfer;

import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.PlanSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Fits a first convolution trained on RGB images to images of other channels. One channel: the sum over the three, so that
 * a grey image gives what it gave as three equal channels. More: the three repeated in turn, times 3 / channels, so that
 * the answer keeps its size.
 *
 * <p>Source: huggingface/pytorch-image-models {@code timm/models/_manipulate.py}, {@code adapt_input_conv}.
 */
final class InputChannels {
    private InputChannels() {}

    /**
     * The adapted weights.
     *
     * @param weights {@code [O, I, k, k]}
     * @param channels wanted, at least 1
     * @return {@code [O, channels, k, k]}
     * @throws InvalidInputException unless the channels are the same, or the weights are RGB's
     */
    static INDArray adapt(INDArray weights, int channels) {
        long trained = weights.size(1);
        if (trained == channels) {
            return weights;
        }
        if (trained != PlanSettings.RGB) {
            throw new InvalidInputException("Only weights for 3 channels are fitted to others, found weights for "
                    + trained + " and images of " + channels);
        }
        if (channels == 1) {
            return weights.sum(true, 1);
        }
        INDArray adapted = Nd4j.createUninitialized(
                weights.dataType(), weights.size(0), channels, weights.size(2), weights.size(3));
        for (int channel = 0; channel < channels; channel++) {
            channel(adapted, channel).assign(channel(weights, channel % trained));
        }
        return adapted.muli((double) trained / channels);
    }

    private static INDArray channel(INDArray weights, long channel) {
        return weights.get(NDArrayIndex.all(), NDArrayIndex.point(channel), NDArrayIndex.all(), NDArrayIndex.all());
    }
}
