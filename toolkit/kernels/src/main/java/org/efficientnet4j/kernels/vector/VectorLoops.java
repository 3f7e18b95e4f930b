package org.efficientnet4j.kernels.vector;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.efficientnet4j.kernels.onednn.loops.DepthwiseBackward;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.kernels.onednn.loops.PoolingLoops;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** The Vector API loops between oneDNN's convolutions. */
final class VectorLoops implements FusedLoops {
    @Override
    public Workers workers() {
        return Workers.JAVA;
    }

    @Override
    public NormActivation normActivation(ConvolutionSettings settings) {
        return settings.batchNorm().isPresent()
                ? new VectorNormActivation(settings)
                : new VectorBiasActivation(settings);
    }

    @Override
    public PixelLoops pixels() {
        return new VectorPixelLoops(false);
    }

    @Override
    public PoolingLoops pooling() {
        return new VectorPoolingLoops();
    }

    @Override
    public MemoryHash hash() {
        return VectorHash::of;
    }

    @Override
    public void add(long target, long source, long count) {
        addFloats(target, source, count);
    }

    @Override
    public Optional<WinogradLoops> winograd() {
        return Optional.of(new VectorWinograd());
    }

    @Override
    public Optional<InferenceLoops> inference() {
        return Optional.of(new VectorInferenceLoops());
    }

    static void addFloats(long target, long source, long count) {
        long whole = count / Lanes.COUNT * Lanes.COUNT;
        FloatWindow to = new FloatWindow(target, 4 * count);
        FloatWindow from = new FloatWindow(source, 4 * count);
        PixelRows.addTo(to, from, 4 * whole);
        for (long i = whole; i < count; i++) {
            var sum = Addresses.floats(target + 4 * i, 1);
            sum.put(0, sum.get(0) + Addresses.floats(source + 4 * i, 1).get(0));
        }
    }

    @Override
    public Optional<DepthwiseBackward> depthwiseBackward(ConvolutionSettings settings) {
        return DepthwiseGradients.handles(settings) ? Optional.of(new DepthwiseGradients(settings)) : Optional.empty();
    }
}
