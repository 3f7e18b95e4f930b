package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.memory.NativeMemory;

/**
 * A convolution of a compiled network: its weights with batch norm folded in, once in each layout that a primitive wants,
 * shared by all threads. Made and refreshed by one thread, read by all.
 */
final class FoldedConvolution implements AutoCloseable {
    private final InferenceStep.Convolution step;
    private final NativeMemory bias;
    private final List<Arranged> arranged = new ArrayList<>();
    private boolean stale;

    FoldedConvolution(InferenceStep.Convolution step) {
        this.step = step;
        this.bias = new NativeMemory(4L * step.settings().outChannels());
    }

    /** The weights in one layout. */
    private record Arranged(Layout layout, Primitive reorder, NativeMemory memory) {
        void close() {
            layout.close();
            reorder.close();
            memory.close();
        }
    }

    ConvolutionSettings settings() {
        return step.settings();
    }

    /** The address of the weights in a layout, good until this is closed. */
    long weights(Layout wanted) {
        for (Arranged candidate : arranged) {
            if (candidate.layout().sameAs(wanted)) {
                return candidate.memory().address();
            }
        }
        Layout layout = wanted.copy();
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings())) {
            Arranged made = new Arranged(layout, Primitives.reorder(stored, layout), new NativeMemory(layout.bytes()));
            arranged.add(made);
            stale = true;
            return made.memory().address();
        }
    }

    /** The address of the bias that is left of batch norm. */
    long bias() {
        return bias.address();
    }

    /** Tells that the parameters were written. */
    void parametersChanged() {
        stale = true;
    }

    /** Before the first use, and after each change: takes the parameters as they are. */
    void refresh() {
        if (stale) {
            long folded = InferenceWeights.fold(settings(), step.parameters(), bias.address());
            arranged.forEach(
                    each -> each.reorder().execute(folded, each.memory().address()));
            stale = false;
        }
    }

    @Override
    public void close() {
        arranged.forEach(Arranged::close);
        arranged.clear();
        bias.close();
    }
}
