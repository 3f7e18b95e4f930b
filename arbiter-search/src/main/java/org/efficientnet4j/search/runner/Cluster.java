package org.efficientnet4j.search.runner;

import java.io.Serializable;

/** Other machines, or other processes of this one, on which trials are evaluated. */
public interface Cluster extends AutoCloseable {
    /**
     * An objective that evaluates each trial there. The study stays here: the result is stored by the caller, once,
     * whatever becomes of the machine that computed it first.
     *
     * @param objective is sent there with each trial; it finds its data under the same names there as here
     * @param <O> an objective that can be sent
     */
    <O extends Objective & Serializable> Objective remote(O objective);

    @Override
    void close();
}
