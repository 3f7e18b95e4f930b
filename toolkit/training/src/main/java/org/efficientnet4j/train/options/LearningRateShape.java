package org.efficientnet4j.train.options;

/** How the learning rate falls after warm-up. */
public enum LearningRateShape {
    /** Half a cosine down to 0. Source: arXiv 1608.03983, equation 5. */
    COSINE,
    /** Times {@code decayRate} every {@code decayEpochs}, at once. Source: arXiv 1905.11946, section 5.2. */
    EXPONENTIAL,
    /** Not at all. */
    CONSTANT
}
