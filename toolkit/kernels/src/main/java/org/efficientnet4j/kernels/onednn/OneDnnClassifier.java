package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ClassifierKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier's products by oneDNN, shared out over threads: forward by classes, back by features. */
final class OneDnnClassifier implements ClassifierKernel {
    /** Training, evaluation and the smaller last batch of each. */
    private static final int PLANS = 4;

    private final int features;
    private final int classes;
    private final Workers workers;
    private final Plans<Integer, ClassifierPlan> plans = new Plans<>(PLANS);

    OneDnnClassifier(int features, int classes, Workers workers) {
        this.features = features;
        this.classes = classes;
        this.workers = workers;
    }

    @Override
    public void forward(INDArray input, INDArray weights, INDArray bias, INDArray logits) {
        plan(input).forward(Addresses.of(input), Addresses.of(weights), Addresses.of(bias), Addresses.of(logits));
    }

    @Override
    public void backward(
            INDArray input,
            INDArray logitsGradient,
            INDArray weights,
            INDArray weightGradient,
            INDArray featureGradient) {
        ClassifierPlan plan = plan(input);
        long logits = Addresses.of(logitsGradient);
        plan.features(logits, Addresses.of(weights), Addresses.of(featureGradient));
        plan.weights(Addresses.of(input), logits, Addresses.of(weightGradient));
    }

    private ClassifierPlan plan(INDArray input) {
        workers.prepare();
        return plans.get((int) input.size(0), images -> new ClassifierPlan(images, features, classes, workers));
    }
}
