package org.efficientnet4j.kernels.onednn.convolution;

import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** The weights, or their gradient, as a direction's kernels want them. */
public interface PassWeights extends AutoCloseable {
    /** Size in memory. */
    long bytes();

    /** Between DL4J's layout and the kernels', in the direction the pass needs, by several threads. */
    void arrange(Workers workers, long from, long to);

    @Override
    void close();
}
