package org.efficientnet4j.kernels.portable;

import java.util.Optional;
import org.efficientnet4j.kernels.ConcatenationKernel;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseKernel;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.PoolingKernel;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.WindowPoolingKernel;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** ND4J operations only. */
public final class PortableKernels implements KernelProvider {
    @Override
    public String name() {
        return "portable";
    }

    @Override
    public String description() {
        return "ND4J operations, any backend";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Optional<String> unavailableBecause() {
        return Optional.empty();
    }

    @Override
    public boolean supports(DataType type) {
        return type.isFPType();
    }

    @Override
    public ConvolutionKernel convolution(ConvolutionSettings settings) {
        return new PortableConvolution(settings);
    }

    @Override
    public SqueezeExciteKernel squeezeExcite(SqueezeExciteSettings settings) {
        return new PortableSqueezeExcite(settings);
    }

    @Override
    public PoolingKernel pooling() {
        return new PortablePooling();
    }

    @Override
    public WindowPoolingKernel windowPooling(PoolingSettings settings) {
        return new PortableWindowPooling(settings);
    }

    @Override
    public ResidualKernel residual(Activation activation) {
        return new PortableResidual(activation);
    }

    @Override
    public ConcatenationKernel concatenation() {
        return new PortableConcatenation();
    }

    @Override
    public DenseKernel dense(DenseSettings settings) {
        return new PortableDense(settings.activation());
    }
}
