package org.efficientnet4j.kernels.memory;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 64-bit hash of float32 values in native memory by their bits, to notice writes: each value is mixed in by invertible
 * operations that depend on its place. Hashes of one implementation compare within one process alone.
 */
@FunctionalInterface
public interface MemoryHash {
    /** The hash of so many floats at an address. */
    long of(long address, long floats);

    /**
     * The hash of several arrays; those that follow each other in memory, as the parameters of one layer do, are read in
     * one go.
     *
     * @param arrays float32 without gaps
     */
    default long of(INDArray... arrays) {
        List<Stretch> stretches = Stream.of(arrays)
                .map(array -> new Stretch(Addresses.of(array), array.length()))
                .sorted(Comparator.comparingLong(Stretch::address))
                .toList();
        long hash = arrays.length;
        Stretch joined = stretches.get(0);
        for (Stretch next : stretches.subList(1, stretches.size())) {
            if (next.address() == joined.end()) {
                joined = new Stretch(joined.address(), joined.floats() + next.floats());
            } else {
                hash = Fingerprint.mix(hash, of(joined.address(), joined.floats()));
                joined = next;
            }
        }
        return Fingerprint.mix(hash, of(joined.address(), joined.floats()));
    }

    /** Floats without gaps. */
    record Stretch(long address, long floats) {
        private long end() {
            return address + Float.BYTES * floats;
        }
    }
}
