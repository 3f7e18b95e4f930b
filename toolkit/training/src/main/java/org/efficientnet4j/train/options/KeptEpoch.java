package org.efficientnet4j.train.options;

/** The epoch whose weights a run keeps as its result. */
public enum KeptEpoch {
    /** The validated epoch of the highest top-1, the lower loss deciding between equals. */
    BEST,
    /** The last validated epoch, so that the images held out choose nothing. */
    LAST
}
