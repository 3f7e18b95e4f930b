package org.efficientnet4j.graph;

/** From which range a classifier's weights are first drawn, {@code U(-limit, limit)}. */
public enum ClassifierInit {
    /**
     * {@code 1 / sqrt(classes)}, as published. Made for ImageNet's thousand classes: with ten, the first logits are as large
     * as a trained network's, and hundreds of steps go into undoing them.
     *
     * <p>Source: tensorflow/tpu {@code efficientnet_model.py}, {@code dense_kernel_initializer}.
     */
    PUBLISHED {
        @Override
        double limit(int features, int classes) {
            return 1 / Math.sqrt(classes);
        }
    },
    /** {@code 1 / sqrt(features)}: about the published range at 1000 classes, and no larger with fewer. */
    BY_FEATURES {
        @Override
        double limit(int features, int classes) {
            return 1 / Math.sqrt(features);
        }
    };

    /**
     * The largest weight.
     *
     * @param features inputs of the classifier
     * @param classes its outputs
     */
    abstract double limit(int features, int classes);
}
