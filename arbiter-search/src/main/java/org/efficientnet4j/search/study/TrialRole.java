package org.efficientnet4j.search.study;

/** The purpose of a trial. */
public enum TrialRole {
    /** One of the search's own. */
    SEARCH,
    /**
     * A repetition of another trial with fresh seeds: a score that the choice did not look at, so that it is not raised
     * by having been chosen.
     */
    CONFIRM,
    /** A repetition of the chosen trial, judged on the test part, which chose nothing. */
    TEST
}
