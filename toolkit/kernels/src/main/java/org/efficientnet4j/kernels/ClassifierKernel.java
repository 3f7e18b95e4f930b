package org.efficientnet4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier's matrix products. Its weights are {@code [classes, features]}, contiguous in c order. */
public interface ClassifierKernel {
    /**
     * {@code logits = features weights' + bias}.
     *
     * @param features {@code [N, features]}
     * @param bias {@code [1, classes]}
     * @param logits {@code [N, classes]}, overwritten
     */
    void forward(INDArray features, INDArray weights, INDArray bias, INDArray logits);

    /**
     * The gradients by weights and features.
     *
     * @param logitsGradient {@code [N, classes]}
     * @param weightGradient {@code [classes, features]}, overwritten
     * @param featureGradient {@code [N, features]}, overwritten
     */
    void backward(
            INDArray features,
            INDArray logitsGradient,
            INDArray weights,
            INDArray weightGradient,
            INDArray featureGradient);
}
