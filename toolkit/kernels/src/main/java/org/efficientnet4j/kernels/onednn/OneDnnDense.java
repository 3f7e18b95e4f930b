package org.efficientnet4j.kernels.onednn;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.DenseKernel;
import org.efficientnet4j.kernels.DenseSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.convolution.ProductPasses;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer's products by oneDNN, shared out over threads as a classifier's; keeps the activation's input. */
final class OneDnnDense implements DenseKernel {
    /** Training, evaluation and the smaller last batch of each. */
    private static final int BATCHES = 4;

    private final DenseSettings settings;
    private final Workers workers;
    private final PrimitiveCache<Integer, Batch> batches = new PrimitiveCache<>(BATCHES);
    private INDArray sums;

    OneDnnDense(DenseSettings settings, Workers workers) {
        this.settings = settings;
        this.workers = workers;
    }

    /** All that depends on the number of images. */
    private record Batch(ProductPasses products, Elementwise activation) implements AutoCloseable {
        @Override
        public void close() {
            products.close();
            activation.close();
        }
    }

    private Batch batch(INDArray input) {
        workers.prepare();
        return batches.get((int) input.size(0), images -> {
            try (Layout result = Layout.matrix(images, settings.outFeatures())) {
                return new Batch(
                        new ProductPasses(images, settings.inFeatures(), settings.outFeatures(), workers),
                        new Elementwise(settings.activation(), result));
            }
        });
    }

    @Override
    public INDArray forward(INDArray input, INDArray weights, INDArray bias, boolean training, ArrayAllocator arrays) {
        Batch batch = batch(input);
        INDArray result = arrays.activations(input.size(0), settings.outFeatures());
        long to = Addresses.of(result);
        batch.products.forward(Addresses.of(input), Addresses.of(weights), Addresses.of(bias), to);
        sums = null;
        if (training) {
            sums = arrays.kept(result.shape());
            Addresses.copy(to, Addresses.of(sums), 4 * result.length());
        }
        batch.activation.apply(to);
        return result;
    }

    @Override
    public INDArray backward(
            INDArray input,
            INDArray epsilon,
            INDArray weights,
            INDArray weightGradient,
            INDArray biasGradient,
            ArrayAllocator arrays) {
        Batch batch = batch(input);
        long place = Addresses.of(sums);
        long gradient = batch.activation.gradient(place, Addresses.of(epsilon), place);
        INDArray result = arrays.gradient(input.shape());
        batch.products.features(gradient, Addresses.of(weights), Addresses.of(result));
        batch.products.weights(Addresses.of(input), gradient, Addresses.of(weightGradient));
        sumRows(gradient, (int) input.size(0), biasGradient);
        sums = null;
        return result;
    }

    private void sumRows(long gradient, int rows, INDArray biasGradient) {
        int columns = settings.outFeatures();
        double[] total = new double[columns];
        float[] row = new float[columns];
        for (int i = 0; i < rows; i++) {
            Addresses.floats(gradient + 4L * i * columns, columns).get(row);
            for (int c = 0; c < columns; c++) {
                total[c] += row[c];
            }
        }
        FloatBuffer result = Addresses.floats(Addresses.of(biasGradient), columns);
        for (int c = 0; c < columns; c++) {
            result.put(c, (float) total[c]);
        }
    }

    @Override
    public void clear() {
        sums = null;
    }

    @Override
    public void close() {
        clear();
        batches.close();
    }
}
