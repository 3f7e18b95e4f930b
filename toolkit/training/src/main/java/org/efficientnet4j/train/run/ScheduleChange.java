package org.efficientnet4j.train.run;

/** The learning rate of a run that is given more epochs. */
public enum ScheduleChange {
    /** One schedule over all epochs, as if the run had been started with so many. */
    EXTEND,
    /** A new schedule from the old end on, with its own warm-up. */
    RESTART
}
