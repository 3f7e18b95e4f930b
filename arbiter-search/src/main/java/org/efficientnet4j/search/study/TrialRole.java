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
    /** A repetition of a leader with fresh seeds while the search goes on, which the search looks at as at any trial. */
    LEADER,
    /** A repetition of the chosen trial, judged on the test part, which chose nothing. */
    TEST,
    /** A network of the family, its own or of the coefficients it is compared with, judged on the test part. */
    FAMILY;

    /** True for trials that the search itself asked for, which its number of trials counts. */
    public boolean ofSearch() {
        return this == SEARCH || this == LEADER;
    }

    /** True for trials that are judged by images that neither train nor choose. */
    public boolean onTestPart() {
        return this == TEST || this == FAMILY;
    }
}
