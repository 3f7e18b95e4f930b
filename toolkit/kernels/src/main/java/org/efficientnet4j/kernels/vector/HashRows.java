package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.LongVector;

/** The loop of {@link VectorHash}, a method of its own for the reason in NormRows. */
final class HashRows {
    /** Vectors that are mixed side by side: the chain of one would leave the processor waiting. */
    static final int CHAINS = 8;

    private static final long VECTOR_BYTES = 4L * Lanes.COUNT;

    private HashRows() {}

    /** Mixes the bytes from an offset to another, whole blocks of {@link #CHAINS} vectors, into the chains' state. */
    static void mix(FloatWindow window, long from, long to, long[] state) {
        LongVector a = HashLanes.chain(state, 0);
        LongVector b = HashLanes.chain(state, 1);
        LongVector c = HashLanes.chain(state, 2);
        LongVector d = HashLanes.chain(state, 3);
        LongVector e = HashLanes.chain(state, 4);
        LongVector f = HashLanes.chain(state, 5);
        LongVector g = HashLanes.chain(state, 6);
        LongVector h = HashLanes.chain(state, 7);
        for (long at = from; at < to; at += CHAINS * VECTOR_BYTES) {
            a = HashLanes.step(a, window, at);
            b = HashLanes.step(b, window, at + VECTOR_BYTES);
            c = HashLanes.step(c, window, at + 2 * VECTOR_BYTES);
            d = HashLanes.step(d, window, at + 3 * VECTOR_BYTES);
            e = HashLanes.step(e, window, at + 4 * VECTOR_BYTES);
            f = HashLanes.step(f, window, at + 5 * VECTOR_BYTES);
            g = HashLanes.step(g, window, at + 6 * VECTOR_BYTES);
            h = HashLanes.step(h, window, at + 7 * VECTOR_BYTES);
        }
        a.intoArray(state, 0);
        b.intoArray(state, HashLanes.SPECIES.length());
        c.intoArray(state, 2 * HashLanes.SPECIES.length());
        d.intoArray(state, 3 * HashLanes.SPECIES.length());
        e.intoArray(state, 4 * HashLanes.SPECIES.length());
        f.intoArray(state, 5 * HashLanes.SPECIES.length());
        g.intoArray(state, 6 * HashLanes.SPECIES.length());
        h.intoArray(state, 7 * HashLanes.SPECIES.length());
    }
}
