package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.ConvolutionParameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code z = y + bias}. */
final class PortableBias implements RowNormalisation {
    @Override
    public void infer(INDArray rows, ConvolutionParameters parameters) {
        rows.addiRowVector(parameters.shift());
    }

    @Override
    public void measure(INDArray rows) {
        // A bias needs no statistics.
    }

    @Override
    public void forward(INDArray rows, INDArray result, ConvolutionParameters parameters) {
        result.assign(rows).addiRowVector(parameters.shift());
    }

    @Override
    public void backward(
            INDArray rows, INDArray gradient, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        gradients.shift().assign(gradient.sum(0));
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        // A bias has none.
    }
}
