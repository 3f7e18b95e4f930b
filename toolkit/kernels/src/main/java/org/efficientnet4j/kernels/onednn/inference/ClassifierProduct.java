package org.efficientnet4j.kernels.onednn.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.threads.KernelThreads;

/** The classifier for so many images: each thread computes some of the classes, on the network's own parameters. */
public final class ClassifierProduct implements AutoCloseable {
    private final InferenceStep.Classifier step;
    private final int images;
    private final int classes;
    private final long features;
    private final List<Primitive> products = new ArrayList<>();

    ClassifierProduct(InferenceStep.Classifier step, int images, int threads) {
        this.step = step;
        this.images = images;
        this.classes = (int) step.weights().size(0);
        this.features = step.weights().size(1);
        int parts = Math.min(threads, classes);
        for (int part = 0; part < parts; part++) {
            int count = Band.share(classes, part + 1, parts) - Band.share(classes, part, parts);
            try (Layout input = Layout.matrix(images, features);
                    Layout weights = Layout.transposed(features, count);
                    Layout bias = Layout.matrix(1, count);
                    Layout output = Layout.columns(images, count, classes)) {
                products.add(Primitives.productWithBias(input, weights, bias, output, PostOperations.NONE));
            }
        }
    }

    /** Probabilities {@code [N, classes]} of features {@code [N, features]}. */
    void run(long input, long output) {
        long weights = Addresses.of(step.weights());
        long bias = Addresses.of(step.bias());
        KernelThreads.shared().run(products.size(), part -> {
            long first = 4L * Band.share(classes, part, products.size());
            products.get(part).execute(input, weights + first * features, bias + first, output + first);
        });
        for (int image = 0; image < images; image++) {
            softmax(Addresses.floats(output + 4L * image * classes, classes));
        }
    }

    private void softmax(FloatBuffer row) {
        float[] values = new float[classes];
        row.get(0, values);
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            values[i] = (float) Math.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = 0; i < classes; i++) {
            values[i] = (float) (values[i] / sum);
        }
        row.put(0, values);
    }

    @Override
    public void close() {
        products.forEach(Primitive::close);
    }
}
