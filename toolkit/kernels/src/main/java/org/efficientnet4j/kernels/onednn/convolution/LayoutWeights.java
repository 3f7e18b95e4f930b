package org.efficientnet4j.kernels.onednn.convolution;

import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** Weights in a layout of oneDNN's choice. */
record LayoutWeights(Layout layout, WeightReorder reorder) implements PassWeights {
    @Override
    public long bytes() {
        return layout.bytes();
    }

    @Override
    public void arrange(Workers workers, long from, long to) {
        reorder.run(workers, from, to);
    }

    @Override
    public void close() {
        reorder.close();
        layout.close();
    }
}
