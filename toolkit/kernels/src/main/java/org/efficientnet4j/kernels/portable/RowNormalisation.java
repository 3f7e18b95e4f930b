package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The step from a convolution's output y to z, what the activation is applied to, on rows {@code [N H W, C]}. */
interface RowNormalisation {
    /** Batch norm or bias, as the settings say. */
    static RowNormalisation of(ConvolutionSettings settings) {
        return settings.batchNorm()
                .<RowNormalisation>map(PortableBatchNorm::new)
                .orElseGet(PortableBias::new);
    }

    /** Inference: y becomes z in place. */
    void infer(INDArray rows, ConvolutionParameters parameters);

    /** Takes the batch's statistics, if any. */
    void measure(INDArray rows);

    /** Training: writes z by the statistics last taken. */
    void forward(INDArray rows, INDArray result, ConvolutionParameters parameters);

    /**
     * Turns the gradient by z into that by y in place, and writes the parameters' gradients.
     */
    void backward(INDArray rows, INDArray gradient, ConvolutionParameters parameters, ConvolutionParameters gradients);

    /** Moves the running statistics, if any, by those last taken. */
    void moveStatistics(ConvolutionParameters parameters);
}
