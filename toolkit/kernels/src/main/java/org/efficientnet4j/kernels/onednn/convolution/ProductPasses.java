package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** A classifier's products for so many images. */
public final class ProductPasses implements AutoCloseable {
    private final int inputs;
    private final Workers workers;
    private final List<Part> forward = new ArrayList<>();
    private final List<Part> backward = new ArrayList<>();
    private final ProductWeightGradient weightGradient;

    /** One thread's columns of a result, from the first on. */
    private record Part(Primitive product, int first) {}

    public ProductPasses(int images, int features, int classes, Workers workers) {
        this.inputs = features;
        this.workers = workers;
        int threads = Math.min(workers.count(), classes);
        for (int part = 0; part < threads; part++) {
            int first = Band.share(classes, part, threads);
            int count = Band.share(classes, part + 1, threads) - first;
            try (Layout input = Layout.matrix(images, features);
                    Layout weights = Layout.transposed(features, count);
                    Layout bias = Layout.matrix(1, count);
                    Layout logits = Layout.columns(images, count, classes)) {
                forward.add(
                        new Part(Primitives.productWithBias(input, weights, bias, logits, PostOperations.NONE), first));
            }
        }
        threads = Math.min(workers.count(), features);
        for (int part = 0; part < threads; part++) {
            int first = Band.share(features, part, threads);
            int count = Band.share(features, part + 1, threads) - first;
            try (Layout logits = Layout.matrix(images, classes);
                    Layout weights = Layout.columns(classes, count, features);
                    Layout input = Layout.columns(images, count, features)) {
                backward.add(new Part(Primitives.product(logits, weights, input), first));
            }
        }
        weightGradient = new ProductWeightGradient(features, classes, images, workers);
    }

    /** Logits of features. */
    public void forward(long features, long weights, long bias, long logits) {
        workers.run(forward.size(), index -> {
            Part part = forward.get(index);
            long offset = 4L * part.first;
            part.product.execute(features, weights + offset * inputs, bias + offset, logits + offset);
        });
    }

    /** The gradient by the features. */
    public void features(long logitsGradient, long weights, long gradient) {
        workers.run(backward.size(), index -> {
            Part part = backward.get(index);
            long offset = 4L * part.first;
            part.product.execute(logitsGradient, weights + offset, gradient + offset);
        });
    }

    /** The gradient by the weights. */
    public void weights(long features, long logitsGradient, long gradient) {
        weightGradient.write(features, logitsGradient, gradient);
    }

    @Override
    public void close() {
        forward.forEach(part -> part.product.close());
        backward.forEach(part -> part.product.close());
        weightGradient.close();
    }
}
