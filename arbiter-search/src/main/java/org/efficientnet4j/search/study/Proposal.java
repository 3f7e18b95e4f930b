package org.efficientnet4j.search.study;

import org.efficientnet4j.search.space.Choice;

/** A proposal of what to train next. */
public sealed interface Proposal {
    /**
     * A choice that was not tried.
     *
     * @param choice the network
     */
    record New(Choice choice) implements Proposal {}

    /**
     * A trial to measure again, with fresh seeds.
     *
     * @param number of the trial
     */
    record Again(int number) implements Proposal {}
}
