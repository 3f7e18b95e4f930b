package org.efficientnet4j.kernels.onednn.loops;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Fingerprint;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** Loops between the convolutions, and the threads that run them. */
public interface FusedLoops {
    /** Who computes. */
    Workers workers();

    /** A layer's batch norm or bias, and its activation. */
    NormActivation normActivation(ConvolutionSettings settings);

    /** A layer's loops over images and their pixels. */
    PixelLoops pixels();

    /** The loops of a pooling over windows. */
    default PoolingLoops pooling() {
        return new PlainPoolingLoops(0);
    }

    /** The hash by which writes into parameters are noticed. */
    default MemoryHash hash() {
        return Fingerprint::of;
    }

    /** Adds {@code count} floats at one address to those at another; by the calling thread. */
    void add(long target, long source, long count);

    /** An own backward pass of a depthwise convolution, where it is faster than oneDNN's. */
    default Optional<DepthwiseBackward> depthwiseBackward(ConvolutionSettings settings) {
        return Optional.empty();
    }

    /** The transforms of Winograd's convolution, where this family has them. */
    default Optional<WinogradLoops> winograd() {
        return Optional.empty();
    }

    /** The loops of a compiled inference, where this family has them. */
    default Optional<InferenceLoops> inference() {
        return Optional.empty();
    }
}
