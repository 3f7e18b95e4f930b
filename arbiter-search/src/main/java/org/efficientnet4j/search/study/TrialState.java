package org.efficientnet4j.search.study;

/** Where a trial stands. */
public enum TrialState {
    /** Not yet taken, or given back because its process died. */
    WAITING,
    /** Claimed by a process. */
    RUNNING,
    /** Ended with a score. */
    COMPLETE,
    /** Ended with an error. */
    FAILED
}
