package org.efficientnet4j.train.options;

/** Frequency with which an epoch visits the images. */
public enum Sampling {
    /** Every image once. */
    UNIFORM,
    /** Every class equally often: a small class's images several times, each time augmented anew. */
    BALANCED
}
