package org.efficientnet4j.search.study;

/** State of a trial. */
public enum TrialState {
    /** Not yet taken, or given back because its process died. */
    WAITING,
    /** Claimed by a process. */
    RUNNING,
    /** Ended with a score. */
    COMPLETE,
    /** Ended early, since its curve promised too little. */
    PRUNED,
    /** Ended with an error. */
    FAILED;

    /** Returns whether it will not run any more. */
    public boolean ended() {
        return this == COMPLETE || this == PRUNED || this == FAILED;
    }
}
