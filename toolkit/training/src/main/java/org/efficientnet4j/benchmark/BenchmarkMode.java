package org.efficientnet4j.benchmark;

/** Kind of a measured step. */
public enum BenchmarkMode {
    /** Forward, cross-entropy, backward and Adam's step. */
    TRAIN,
    /** The class probabilities of one batch. */
    INFER
}
