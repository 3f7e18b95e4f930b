package org.efficientnet4j.kernels.onednn;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.BlockTail;
import org.efficientnet4j.kernels.ClassifierKernel;
import org.efficientnet4j.kernels.ConcatenationKernel;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.DenseKernel;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.InferenceEngine;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.PoolingKernel;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.WindowPoolingKernel;
import org.efficientnet4j.kernels.onednn.inference.OneDnnInference;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** A provider on oneDNN's convolutions; what lies between them is a subclass's. */
public abstract class OneDnnProvider implements KernelProvider {
    /** For subclasses. */
    protected OneDnnProvider() {}

    /** The loops between the convolutions, new for each kernel; asked for only where the provider runs. */
    protected abstract FusedLoops loops();

    /** A few words on the loops, asked for only where the provider runs. */
    protected abstract String loopsDescription();

    @Override
    public String description() {
        return unavailableBecause().isPresent()
                ? "oneDNN"
                : OneDnn.description() + ", " + loopsDescription() + ", "
                        + KernelThreads.shared().count() + " threads";
    }

    @Override
    public Optional<String> unavailableBecause() {
        return OneDnn.unavailableBecause();
    }

    @Override
    public boolean supports(DataType type) {
        return type == DataType.FLOAT;
    }

    @Override
    public ConvolutionKernel convolution(ConvolutionSettings settings) {
        return new OneDnnConvolution(settings, loops());
    }

    @Override
    public SqueezeExciteKernel squeezeExcite(SqueezeExciteSettings settings) {
        return new OneDnnSqueezeExcite(settings, loops());
    }

    @Override
    public Optional<BlockTail> blockTail(
            ConvolutionSettings depthwise,
            SqueezeExciteSettings squeezeExcite,
            ConvolutionSettings projection,
            boolean shown) {
        return OneDnnBlockTail.of(depthwise, squeezeExcite, projection, shown, loops());
    }

    @Override
    public PoolingKernel pooling() {
        return new OneDnnPooling(loops().pixels());
    }

    @Override
    public WindowPoolingKernel windowPooling(PoolingSettings settings) {
        FusedLoops loops = loops();
        return new OneDnnWindowPooling(settings, loops.pooling(), loops.workers());
    }

    @Override
    public ResidualKernel residual(Activation activation) {
        return new OneDnnResidual(loops().pixels(), activation);
    }

    @Override
    public ConcatenationKernel concatenation() {
        return new OneDnnConcatenation(loops().workers());
    }

    @Override
    public DenseKernel dense(DenseSettings settings) {
        return new OneDnnDense(settings, loops().workers());
    }

    @Override
    public Optional<ClassifierKernel> classifier(int features, int classes) {
        return Optional.of(new OneDnnClassifier(features, classes, loops().workers()));
    }

    @Override
    public Optional<InferenceEngine> inference(List<InferenceStep> steps) {
        return loops().inference().flatMap(loops -> OneDnnInference.of(steps, loops));
    }
}
