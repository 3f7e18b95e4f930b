package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ClassifierKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.convolution.ProductPasses;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier's products by oneDNN, shared out over threads: forward by classes, back by features. */
final class OneDnnClassifier implements ClassifierKernel {
    /** Training, evaluation and the smaller last batch of each. */
    private static final int SHAPES = 4;

    private final int features;
    private final int classes;
    private final Workers workers;
    private final PrimitiveCache<Integer, ProductPasses> byImages = new PrimitiveCache<>(SHAPES);

    OneDnnClassifier(int features, int classes, Workers workers) {
        this.features = features;
        this.classes = classes;
        this.workers = workers;
    }

    @Override
    public void forward(INDArray input, INDArray weights, INDArray bias, INDArray logits) {
        passes(input).forward(Addresses.of(input), Addresses.of(weights), Addresses.of(bias), Addresses.of(logits));
    }

    @Override
    public void backward(
            INDArray input,
            INDArray logitsGradient,
            INDArray weights,
            INDArray weightGradient,
            INDArray featureGradient) {
        ProductPasses passes = passes(input);
        long logits = Addresses.of(logitsGradient);
        passes.features(logits, Addresses.of(weights), Addresses.of(featureGradient));
        passes.weights(Addresses.of(input), logits, Addresses.of(weightGradient));
    }

    private ProductPasses passes(INDArray input) {
        workers.prepare();
        return byImages.get((int) input.size(0), images -> new ProductPasses(images, features, classes, workers));
    }
}
