package org.efficientnet4j.kernels.portable;

import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code z = gamma (y - mean) / sqrt(variance + epsilon) + beta}; keeps the batch's statistics. */
final class PortableBatchNorm implements RowNormalisation {
    private final BatchNorm settings;
    private long rows;
    private INDArray batchMean;
    private INDArray batchVariance;
    private INDArray inverseDeviation;

    PortableBatchNorm(BatchNorm settings) {
        this.settings = settings;
    }

    @Override
    public void infer(INDArray rows, ConvolutionParameters parameters) {
        INDArray inverse = inverseDeviation(parameters.variance());
        rows.subiRowVector(parameters.mean()).muliRowVector(inverse.muli(parameters.gamma()));
        rows.addiRowVector(parameters.beta());
    }

    @Override
    public void measure(INDArray batch) {
        rows = batch.rows();
        batchMean = detached(batch.mean(0));
        batchVariance = detached(batch.var(false, 0));
        inverseDeviation = detached(inverseDeviation(batchVariance));
    }

    /** Outlives DL4J's workspaces, as the statistics may be used after the pass. */
    private static INDArray detached(INDArray array) {
        return Nd4j.createUninitializedDetached(array.dataType(), array.shape()).assign(array);
    }

    @Override
    public void forward(INDArray rows, INDArray result, ConvolutionParameters parameters) {
        result.assign(rows).subiRowVector(batchMean);
        result.muliRowVector(inverseDeviation.mul(parameters.gamma())).addiRowVector(parameters.beta());
    }

    @Override
    public void backward(
            INDArray output, INDArray gradient, ConvolutionParameters parameters, ConvolutionParameters gradients) {
        INDArray centred = output.subRowVector(batchMean).muliRowVector(inverseDeviation);
        INDArray betaGradient = gradient.sum(0);
        INDArray gammaGradient = gradient.mul(centred).sum(0);
        gradients.beta().assign(betaGradient);
        gradients.gamma().assign(gammaGradient);
        // dy = gamma / deviation * (dz - mean(dz) - centred * mean(dz * centred))
        double share = 1.0 / rows;
        gradient.subi(centred.muliRowVector(gammaGradient.muli(share)))
                .subiRowVector(betaGradient.muli(share))
                .muliRowVector(inverseDeviation.mul(parameters.gamma()));
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        double share = 1 - settings.decay();
        double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
        parameters.mean().muli(settings.decay()).addi(batchMean.mul(share));
        parameters.variance().muli(settings.decay()).addi(batchVariance.mul(share * unbiased));
    }

    private INDArray inverseDeviation(INDArray variance) {
        return Transforms.pow(variance.add(settings.epsilon()), -0.5, false);
    }
}
