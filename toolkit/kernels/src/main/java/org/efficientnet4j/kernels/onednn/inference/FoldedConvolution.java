package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.efficientnet4j.kernels.memory.NativeArena;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPrimitives;
import org.efficientnet4j.kernels.onednn.convolution.FastAlgorithm;
import org.efficientnet4j.kernels.onednn.convolution.InferenceWeights;
import org.efficientnet4j.kernels.onednn.convolution.PassWeights;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * A convolution of a compiled network: its weights with batch norm folded in, once in each layout that a primitive wants,
 * shared by all threads. Made and refreshed by one thread, read by all.
 */
public final class FoldedConvolution implements AutoCloseable {
    private final InferenceStep.Convolution step;
    private final NativeArena memory;
    private final long bias;
    private final List<Arranged> arranged = new ArrayList<>();
    private PassWeights points;
    private long pointsAddress;
    private boolean stale;
    private long fingerprint;
    /** Null while the parameters are read. */
    private NativeMemory kept;

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
        return kept != null ? rearranged(wanted) : fromParameters(wanted);
    }

    /** The address of the weights of a fast algorithm, good until the arena is closed; of one algorithm only. */
    long weights(FastAlgorithm fast) {
        if (points == null) {
            points = fast.weights(Direction.INFER, Workers.JAVA.count());
            pointsAddress = memory.allocate(points.bytes());
            if (kept == null) {
                stale = true;
            } else if (arranged.isEmpty()) {
                points.arrange(Workers.JAVA, kept.address(), pointsAddress);
            } else {
                fromArranged();
            }
        }
        return pointsAddress;
    }

    private void fromArranged() {
        Arranged first = arranged.get(0);
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings());
                NativeMemory plain = new NativeMemory(stored.bytes());
                Primitive reorder = Primitives.reorder(first.layout(), stored)) {
            reorder.execute(first.address(), plain.address());
            points.arrange(Workers.JAVA, plain.address(), pointsAddress);
        }
    }

    private long fromParameters(Layout wanted) {
        Layout layout = wanted.copy();
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings())) {
            Arranged made = new Arranged(layout, Primitives.reorder(stored, layout), memory.allocate(layout.bytes()));
            arranged.add(made);
            stale = true;
            return made.address();
        }
    }

    private long rearranged(Layout wanted) {
        Layout layout = wanted.copy();
        long address = memory.allocate(layout.bytes());
        if (arranged.isEmpty()) {
            try (Layout stored = ConvolutionPrimitives.storedWeights(settings())) {
                arranged.add(arrange(stored, kept.address(), layout, address));
            }
            kept.close();
        } else {
            Arranged first = arranged.get(0);
            arranged.add(arrange(first.layout(), first.address(), layout, address));
        }
        return address;
    }

    private static Arranged arrange(Layout from, long source, Layout to, long target) {
        Primitive reorder = Primitives.reorder(from, to);
        reorder.execute(source, target);
        reorder.close();
        return new Arranged(to, reorder, target);
    }

    /**
     * From now on the parameters are not read: the folded weights are kept until a layout is asked for, and others are
     * made from that one. Beside a fast algorithm's points they stay, a quarter as many, for shapes that go another way.
     * Before the first use.
     */
    void keep() {
        long folded = InferenceWeights.fold(settings(), step.parameters(), bias);
        long bytes = 4 * step.parameters().weights().length();
        kept = new NativeMemory(bytes);
        Addresses.copy(folded, kept.address(), bytes);
    }

    /** The address of the bias that is left of batch norm. */
    long bias() {
        return bias;
    }

    /** Looks whether somebody wrote into the parameters since they were taken; by one thread at a time. */
    void notice(MemoryHash hash) {
        if (kept == null) {
            long current = step.parameters().fingerprint(hash);
            stale |= current != fingerprint;
            fingerprint = current;
        }
    }

    /** Before each use, behind {@link #notice}: takes the parameters where they have changed. */
    void refresh() {
        if (stale) {
            long folded = InferenceWeights.fold(settings(), step.parameters(), bias);
            arranged.forEach(each -> each.reorder().execute(folded, each.address()));
            if (points != null) {
                points.arrange(Workers.JAVA, folded, pointsAddress);
            }
            stale = false;
        }
    }

    @Override
    public void close() {
        arranged.forEach(Arranged::close);
        arranged.clear();
        if (points != null) {
            points.close();
        }
        if (kept != null) {
            kept.close();
        }
    }
}
