package org.efficientnet4j.benchmark;

/** What a measured step is. */
public enum BenchmarkMode {
    /** Forward, cross-entropy, backward and Adam's step. */
    TRAIN,
    /** The class probabilities of one batch. */
    INFER
}
