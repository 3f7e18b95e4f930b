package org.efficientnet4j.train.progressive;

/** The sources of a run's phases. */
public enum ProgressiveMode {
    /** One phase: one size, one strength. */
    OFF,
    /**
     * The paper's Algorithm 1: phase i of M has {@code start + (end - start) * i / (M - 1)} of everything, so that the
     * first phase has the smallest size and the last the largest. Source: arXiv 2104.00298, section 4.2.
     */
    PAPER,
    /**
     * The released code's rule: size {@code int(start + (end - start) * (i + 1) / M)}, so that no phase has the smallest
     * size; RandAugment, mixup and cutmix as in {@link #PAPER}; dropout the same in all phases. Source: google/automl,
     * {@code efficientnetv2/main.py}.
     */
    AUTOML,
    /** The phases are written down one by one. */
    EXPLICIT
}
