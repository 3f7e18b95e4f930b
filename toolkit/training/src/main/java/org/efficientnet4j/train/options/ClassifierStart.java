package org.efficientnet4j.train.options;

/** Origin of the classifier's weights in a run that starts from a trained network. */
public enum ClassifierStart {
    /** Drawn at random for the run's classes. */
    DRAWN,
    /** The trained network's, whose classes must be the run's in name and order. */
    KEPT,
    /** The trained network's for classes of the same name, drawn at random for the others. */
    BY_NAME
}
