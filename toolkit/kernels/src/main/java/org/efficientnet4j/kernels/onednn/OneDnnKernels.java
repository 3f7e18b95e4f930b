package org.efficientnet4j.kernels.onednn;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.kernels.onednn.loops.PixelLoops;
import org.efficientnet4j.kernels.onednn.loops.PlainBiasActivation;
import org.efficientnet4j.kernels.onednn.loops.PlainNormActivation;
import org.efficientnet4j.kernels.onednn.loops.PlainPixelLoops;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** oneDNN for everything, with its own OpenMP threads: where the JVM runs without the Vector API. */
public final class OneDnnKernels extends OneDnnProvider {
    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    protected String loopsDescription() {
        return "without the Vector API";
    }

    @Override
    protected FusedLoops loops() {
        return new Loops();
    }

    private static final class Loops implements FusedLoops {
        @Override
        public Workers workers() {
            return Workers.OPEN_MP;
        }

        @Override
        public NormActivation normActivation(ConvolutionSettings settings) {
            return settings.batchNorm().isPresent()
                    ? new PlainNormActivation(settings)
                    : new PlainBiasActivation(settings);
        }

        @Override
        public PixelLoops pixels() {
            return new PlainPixelLoops();
        }

        @Override
        public void add(long target, long source, long count) {
            FloatBuffer to = Addresses.floats(target, Math.toIntExact(count));
            FloatBuffer from = Addresses.floats(source, Math.toIntExact(count));
            for (int i = 0; i < count; i++) {
                to.put(i, to.get(i) + from.get(i));
            }
        }
    }
}
