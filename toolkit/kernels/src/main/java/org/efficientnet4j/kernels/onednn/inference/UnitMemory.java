package org.efficientnet4j.kernels.onednn.inference;

import java.util.List;
import java.util.stream.Stream;

/**
 * The memory that a thread's (or several threads') units take turns with.
 *
 * @param middle of all parts together: what a block's second round reads
 * @param bands of each part: rows between two convolutions
 */
public record UnitMemory(SharedScratch middle, List<SharedScratch> bands) implements AutoCloseable {
    static UnitMemory of(int parts) {
        return new UnitMemory(
                new SharedScratch(),
                Stream.generate(SharedScratch::new).limit(parts).toList());
    }

    /** Makes it as large as the units asked for. */
    void allocate() {
        middle.allocate();
        bands.forEach(SharedScratch::allocate);
    }

    @Override
    public void close() {
        middle.close();
        bands.forEach(SharedScratch::close);
    }
}
