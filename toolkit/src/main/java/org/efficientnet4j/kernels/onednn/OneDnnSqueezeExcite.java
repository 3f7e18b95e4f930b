package org.efficientnet4j.kernels.onednn;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN's matrix products between a provider's pixel loops; keeps squeezed, reduced, activated and gate. */
final class OneDnnSqueezeExcite implements SqueezeExciteKernel {
    private static final int PLANS = 8;

    private final int channels;
    private final int width;
    private final Workers workers;
    private final PixelLoops loops;
    private final Plans<Integer, SqueezeExciteProducts> plans = new Plans<>(PLANS);
    private INDArray squeezed;
    private INDArray reduced;
    private INDArray activated;
    private INDArray gate;

    OneDnnSqueezeExcite(int channels, int width, FusedLoops loops) {
        this.channels = channels;
        this.width = width;
        this.workers = loops.workers();
        this.loops = loops.pixels();
    }

    @Override
    public INDArray forward(
            INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
        int images = (int) input.size(0);
        int pixels = (int) (input.size(1) * input.size(2));
        squeezed = arrays.kept(images, channels);
        reduced = arrays.kept(images, width);
        activated = arrays.kept(images, width);
        gate = arrays.kept(images, channels);
        INDArray result = arrays.activations(input.shape());
        loops.mean(Addresses.of(input), Addresses.of(squeezed), images, pixels, channels);
        workers.run(1, share -> excite(products(images), parameters));
        loops.scale(Addresses.of(input), Addresses.of(gate), 0, Addresses.of(result), images, pixels, channels);
        if (!training) {
            clear();
        }
        return result;
    }

    private void excite(SqueezeExciteProducts products, SqueezeExciteParameters parameters) {
        products.reduce.execute(
                Addresses.of(squeezed),
                Addresses.of(parameters.reduceWeights()),
                Addresses.of(parameters.reduceBias()),
                Addresses.of(reduced));
        float[] values = Addresses.read(reduced);
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) sigmoid(values[i]);
        }
        Addresses.write(values, activated);
        products.expand.execute(
                Addresses.of(activated),
                Addresses.of(parameters.expandWeights()),
                Addresses.of(parameters.expandBias()),
                Addresses.of(gate));
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            SqueezeExciteParameters parameters,
            SqueezeExciteParameters gradients,
            ArrayAllocator arrays) {
        int images = (int) input.size(0);
        int pixels = (int) (input.size(1) * input.size(2));
        INDArray result = arrays.gradient(input.shape());
        long vectors = ThreadScratch.address(Purpose.VECTORS, 4L * images * (channels + width));
        long gateGradient = vectors;
        long reducedGradient = vectors + 4L * images * channels;
        loops.dot(
                Addresses.of(input),
                Addresses.of(epsilon),
                gateGradient,
                Addresses.of(result),
                images,
                pixels,
                channels);
        workers.run(
                1,
                share -> throughGate(
                        products(images), parameters, gradients, gateGradient, reducedGradient, 1.0 / pixels));
        // gateGradient holds the squeezed input's gradient by now.
        loops.scale(
                Addresses.of(epsilon),
                Addresses.of(gate),
                gateGradient,
                Addresses.of(result),
                images,
                pixels,
                channels);
        return result;
    }

    private void throughGate(
            SqueezeExciteProducts products,
            SqueezeExciteParameters parameters,
            SqueezeExciteParameters gradients,
            long gateGradient,
            long reducedGradient,
            double share) {
        int images = (int) gate.size(0);
        FloatBuffer byGate = Addresses.floats(gateGradient, images * channels);
        float[] gates = Addresses.read(gate);
        for (int i = 0; i < gates.length; i++) {
            byGate.put(i, byGate.get(i) * gates[i] * (1 - gates[i]));
        }
        Addresses.write(columnSums(byGate, images, channels), gradients.expandBias());
        products.expandGradient.execute(gateGradient, Addresses.of(activated), Addresses.of(gradients.expandWeights()));
        products.activatedGradient.execute(gateGradient, Addresses.of(parameters.expandWeights()), reducedGradient);

        FloatBuffer byReduced = Addresses.floats(reducedGradient, images * width);
        float[] u = Addresses.read(reduced);
        for (int i = 0; i < u.length; i++) {
            double s = sigmoid(u[i]);
            byReduced.put(i, (float) (byReduced.get(i) * s * (1 + u[i] * (1 - s))));
        }
        Addresses.write(columnSums(byReduced, images, width), gradients.reduceBias());
        products.reduceGradient.execute(
                reducedGradient, Addresses.of(squeezed), Addresses.of(gradients.reduceWeights()));
        products.squeezedGradient.execute(reducedGradient, Addresses.of(parameters.reduceWeights()), gateGradient);
        for (int i = 0; i < images * channels; i++) {
            byGate.put(i, (float) (byGate.get(i) * share));
        }
    }

    @Override
    public void clear() {
        squeezed = null;
        reduced = null;
        activated = null;
        gate = null;
    }

    @Override
    public void close() {
        clear();
        plans.close();
        loops.close();
    }

    private SqueezeExciteProducts products(int images) {
        return plans.get(images, n -> new SqueezeExciteProducts(n, channels, width));
    }

    private static float[] columnSums(FloatBuffer matrix, int rows, int columns) {
        double[] sums = new double[columns];
        for (int i = 0; i < rows * columns; i++) {
            sums[i % columns] += matrix.get(i);
        }
        float[] result = new float[columns];
        for (int i = 0; i < columns; i++) {
            result[i] = (float) sums[i];
        }
        return result;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
