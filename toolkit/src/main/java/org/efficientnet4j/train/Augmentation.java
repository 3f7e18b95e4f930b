package org.efficientnet4j.train;

/** How training images are varied from epoch to epoch. */
public enum Augmentation {
    /** As in evaluation: resized and centre-cropped, always the same pixels. */
    NONE,
    /** A random part of random shape (a shift of a few pixels for tightly framed images), mirrored half of the time. */
    STANDARD
}
