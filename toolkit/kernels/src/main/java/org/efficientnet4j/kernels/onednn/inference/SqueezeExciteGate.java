package org.efficientnet4j.kernels.onednn.inference;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;

/** The two small matrix products of squeeze-excite for so many images, on the network's own parameters. One thread's. */
public final class SqueezeExciteGate implements AutoCloseable {
    private final SqueezeExciteParameters parameters;
    private final long reduceWeights;
    private final long reduceBias;
    private final long expandWeights;
    private final long expandBias;
    private final Primitive reduce;
    private final Primitive expand;
    private final NativeMemory memory;
    private final long activated;
    private final FloatBuffer outer;

    SqueezeExciteGate(InferenceStep.SqueezeExcite step, int images) {
        this.parameters = step.parameters();
        this.reduceWeights = Addresses.of(parameters.reduceWeights());
        this.reduceBias = Addresses.of(parameters.reduceBias());
        this.expandWeights = Addresses.of(parameters.expandWeights());
        this.expandBias = Addresses.of(parameters.expandBias());
        int channels = step.settings().channels();
        int width = step.settings().reducedChannels();
        try (Layout outerLayout = Layout.matrix(images, channels);
                Layout inner = Layout.matrix(images, width);
                Layout toInner = Layout.transposed(channels, width);
                Layout toOuter = Layout.transposed(width, channels);
                Layout innerBias = Layout.matrix(1, width);
                Layout outerBias = Layout.matrix(1, channels)) {
            reduce = Primitives.productWithBias(
                    outerLayout,
                    toInner,
                    innerBias,
                    inner,
                    PostOperations.of(step.settings().activation()));
            expand = Primitives.productWithBias(
                    inner,
                    toOuter,
                    outerBias,
                    outerLayout,
                    PostOperations.of(step.settings().gate()));
        }
        memory = new NativeMemory(4L * images * (channels + width));
        outer = Addresses.floats(memory.address(), images * channels);
        activated = memory.address() + 4L * images * channels;
    }

    /**
     * The factors by image and channel.
     *
     * @param sums over pixels, by image and channel
     * @param pixels how many were summed
     */
    float[] factors(double[] sums, int pixels) {
        float[] values = new float[sums.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (sums[i] / pixels);
        }
        outer.put(0, values);
        try {
            reduce.execute(memory.address(), reduceWeights, reduceBias, activated);
            expand.execute(activated, expandWeights, expandBias, memory.address());
        } finally {
            Reference.reachabilityFence(parameters);
        }
        outer.get(0, values);
        return values;
    }

    @Override
    public void close() {
        reduce.close();
        expand.close();
        memory.close();
    }
}
