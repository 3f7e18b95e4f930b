package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.memory.NativeArena;

/**
 * A convolution of a compiled network: its weights with batch norm folded in, once in each layout that a primitive wants,
 * shared by all threads. Made and refreshed by one thread, read by all.
 */
final class FoldedConvolution implements AutoCloseable {
    private final InferenceStep.Convolution step;
    private final NativeArena memory;
    private final long bias;
    private final List<Arranged> arranged = new ArrayList<>();
    private boolean stale;

    /**
     * A step's convolution.
     *
     * @param memory for its weights, closed after this
     */
    FoldedConvolution(InferenceStep.Convolution step, NativeArena memory) {
        this.step = step;
        this.memory = memory;
        this.bias = memory.allocate(4L * step.settings().outChannels());
    }

    /** The weights in one layout. */
    private record Arranged(Layout layout, Primitive reorder, long address) {
        void close() {
            layout.close();
            reorder.close();
        }
    }

    ConvolutionSettings settings() {
        return step.settings();
    }

    /** The address of the weights in a layout, good until the arena is closed. */
    long weights(Layout wanted) {
        for (Arranged candidate : arranged) {
            if (candidate.layout().sameAs(wanted)) {
                return candidate.address();
            }
        }
        Layout layout = wanted.copy();
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings())) {
            Arranged made = new Arranged(layout, Primitives.reorder(stored, layout), memory.allocate(layout.bytes()));
            arranged.add(made);
            stale = true;
            return made.address();
        }
    }

    /** The address of the bias that is left of batch norm. */
    long bias() {
        return bias;
    }

    /** Tells that the parameters were written. */
    void parametersChanged() {
        stale = true;
    }

    /** Before the first use, and after each change: takes the parameters as they are. */
    void refresh() {
        if (stale) {
            long folded = InferenceWeights.fold(settings(), step.parameters(), bias);
            arranged.forEach(each -> each.reorder().execute(folded, each.address()));
            stale = false;
        }
    }

    @Override
    public void close() {
        arranged.forEach(Arranged::close);
        arranged.clear();
    }
}
