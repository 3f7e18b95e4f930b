package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/** Weights from one layout to another, in parts that threads can share. */
public final class WeightReorder implements AutoCloseable {
    /** Fewer bytes are not worth a second thread. */
    private static final long MIN_PART_BYTES = 1 << 15;

    /** Blocked layouts hold so many channels together. */
    private static final int[] CHANNEL_BLOCKS = {16, 64};

    private final List<Primitive> parts = new ArrayList<>();

    /** @param threads how many parts are of use */
    public WeightReorder(Layout from, Layout to, int threads) {
        long useful = Math.min(threads, from.bytes() / MIN_PART_BYTES);
        for (int block : CHANNEL_BLOCKS) {
            if (parts.isEmpty() && useful > 1) {
                split(from, to, block, useful);
            }
        }
        if (parts.isEmpty()) {
            parts.add(Primitives.reorder(from, to));
        }
    }

    /** Leaves no parts where a layout can't be cut so. */
    private void split(Layout from, Layout to, int block, long count) {
        long channels = from.size(0);
        for (int part = 0; part < count; part++) {
            long first = channels * part / count / block * block;
            long end = part == count - 1 ? channels : channels * (part + 1) / count / block * block;
            if (end == first || !add(from.part(first, end - first), to.part(first, end - first))) {
                close();
                parts.clear();
                return;
            }
        }
    }

    private boolean add(Optional<Layout> from, Optional<Layout> to) {
        boolean both = from.isPresent() && to.isPresent();
        if (both) {
            parts.add(Primitives.reorder(from.get(), to.get()));
        }
        from.ifPresent(Layout::close);
        to.ifPresent(Layout::close);
        return both;
    }

    /** From one address to another, in the calling thread. */
    public void run(long from, long to) {
        parts.forEach(part -> part.execute(from, to));
    }

    /** From one address to another, the parts shared out. */
    public void run(Workers workers, long from, long to) {
        workers.run(parts.size(), part -> parts.get(part).execute(from, to));
    }

    @Override
    public void close() {
        parts.forEach(Primitive::close);
    }
}
