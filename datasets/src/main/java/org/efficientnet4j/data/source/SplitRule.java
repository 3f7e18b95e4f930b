package org.efficientnet4j.data.source;

/** The rule by which images are held out of a data set without parts of its own. */
public enum SplitRule {
    /**
     * A hash of the seed and of each image's own key decides, so that images added or taken away move no other image to
     * the other side. A class's share held out varies about the fraction.
     */
    HASH,
    /**
     * Each class's images are shuffled, and exactly the fraction of them is held out; an image added moves others. The
     * rule of runs that recorded none, and of generated pictures and CIFAR, which do not grow.
     */
    SHUFFLE
}
