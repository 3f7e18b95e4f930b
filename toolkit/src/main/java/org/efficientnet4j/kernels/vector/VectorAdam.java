package org.efficientnet4j.kernels.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.efficientnet4j.kernels.AdamKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adam by vectors; every thread takes a stretch of the flat vector. */
final class VectorAdam implements AdamKernel {
    private static final int ARRAYS = 4;
    private static final int MIN_SHARE = 1 << 16;
    private static final int MAX_SHARE = 1 << 26;

    @Override
    public void step(
            Settings settings,
            INDArray parameters,
            INDArray gradient,
            INDArray firstMoment,
            INDArray secondMoment,
            List<Run> runs) {
        long[] arrays = {
            Addresses.of(parameters), Addresses.of(gradient), Addresses.of(firstMoment), Addresses.of(secondMoment)
        };
        long length = parameters.length();
        long useful = Math.min(KernelThreads.shared().count(), 1 + length / MIN_SHARE);
        int shares = Math.toIntExact(Math.max(useful, 1 + length / MAX_SHARE));
        KernelThreads.shared().run(shares, share -> {
            long from = length * share / shares;
            long to = length * (share + 1) / shares;
            for (Run run : runs) {
                long first = Math.max(from, run.first());
                long last = Math.min(to, run.first() + run.length());
                if (first < last) {
                    stretch(new Coefficients(settings, run), arrays, first, last - first);
                }
            }
        });
    }

    private static void stretch(Coefficients numbers, long[] arrays, long first, long length) {
        long whole = length / Lanes.COUNT * Lanes.COUNT;
        FloatWindow[] windows = new FloatWindow[ARRAYS];
        for (int i = 0; i < ARRAYS; i++) {
            windows[i] = new FloatWindow(arrays[i] + 4 * first, 4 * whole);
        }
        adam(numbers, windows[0], windows[1], windows[2], windows[3], 4 * whole);
        if (whole < length) {
            rest(numbers, arrays, first + whole, length - whole);
        }
    }

    /** The last, incomplete vector by way of a padded place. */
    private static void rest(Coefficients numbers, long[] arrays, long first, long length) {
        long bytes = 4L * Lanes.COUNT;
        long staging = ThreadScratch.address(Purpose.STAGING, ARRAYS * bytes);
        Addresses.clear(staging, ARRAYS * bytes);
        FloatWindow[] windows = new FloatWindow[ARRAYS];
        for (int i = 0; i < ARRAYS; i++) {
            Addresses.copy(arrays[i] + 4 * first, staging + i * bytes, 4 * length);
            windows[i] = new FloatWindow(staging + i * bytes, bytes);
        }
        adam(numbers, windows[0], windows[1], windows[2], windows[3], bytes);
        for (int i = 1; i < ARRAYS; i++) {
            Addresses.copy(staging + i * bytes, arrays[i] + 4 * first, 4 * length);
        }
    }

    private static void adam(
            Coefficients numbers, FloatWindow p, FloatWindow g, FloatWindow m, FloatWindow v, long bytes) {
        float factor = numbers.factor;
        float l2 = numbers.l2;
        float keep1 = numbers.keep1;
        float take1 = numbers.take1;
        float keep2 = numbers.keep2;
        float take2 = numbers.take2;
        float rate = numbers.rate;
        float epsilon = numbers.epsilon;
        float decay = numbers.decay;
        for (long at = 0; at < bytes; at += 4L * Lanes.COUNT) {
            FloatVector parameter = Lanes.load(p, at);
            FloatVector gradient = parameter.mul(l2).add(Lanes.load(g, at).mul(factor));
            FloatVector first = Lanes.load(m, at).mul(keep1).add(gradient.mul(take1));
            FloatVector second =
                    Lanes.load(v, at).mul(keep2).add(gradient.mul(gradient).mul(take2));
            Lanes.store(first, m, at);
            Lanes.store(second, v, at);
            FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
            Lanes.store(parameter.mul(decay).add(step), g, at);
        }
    }

    /** One run's numbers in the type computed in. */
    private static final class Coefficients {
        private final float factor;
        private final float l2;
        private final float keep1;
        private final float take1;
        private final float keep2;
        private final float take2;
        private final float rate;
        private final float epsilon;
        private final float decay;

        Coefficients(Settings settings, Run run) {
            factor = (float) settings.factor();
            l2 = (float) run.l2();
            keep1 = (float) settings.beta1();
            take1 = (float) (1 - settings.beta1());
            keep2 = (float) settings.beta2();
            take2 = (float) (1 - settings.beta2());
            rate = (float) settings.rate();
            epsilon = (float) settings.epsilon();
            decay = (float) run.decay();
        }
    }
}
