package org.efficientnet4j.kernels.memory;

import java.nio.LongBuffer;

/**
 * A 64-bit hash of floats' bits, to notice that somebody wrote into them: DL4J tells a layer of few such writes. Four
 * accumulators run through the floats; each value is mixed in by exclusive or, a product and a rotation, so that neither
 * an exchange of values nor a common factor or sign goes unnoticed but by a chance of about one in 2^64, and a change of
 * one value never.
 */
public final class Fingerprint {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int ROTATION = 29;
    private static final int ACCUMULATORS = 4;
    private static final int PIECE = 1 << 24;

    private Fingerprint() {}

    /** The hash of so many floats at an address. */
    public static long of(long address, long floats) {
        long hash = floats;
        for (long done = 0; done < floats; done += PIECE) {
            int count = (int) Math.min(PIECE, floats - done);
            hash = mix(hash, piece(address + 4 * done, count));
        }
        return hash;
    }

    private static long piece(long address, int floats) {
        LongBuffer pairs = Addresses.bytes(address, 4L * floats).asLongBuffer();
        int count = floats / 2;
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        int i = 0;
        for (; i + ACCUMULATORS <= count; i += ACCUMULATORS) {
            a = mix(a, pairs.get(i));
            b = mix(b, pairs.get(i + 1));
            c = mix(c, pairs.get(i + 2));
            d = mix(d, pairs.get(i + 3));
        }
        for (; i < count; i++) {
            a = mix(a, pairs.get(i));
        }
        if (floats % 2 != 0) {
            b = mix(
                    b,
                    Float.floatToRawIntBits(
                            Addresses.floats(address + 4L * (floats - 1), 1).get(0)));
        }
        return mix(mix(mix(a, b), c), d);
    }

    /** Mixes a value into a hash. */
    public static long mix(long hash, long value) {
        return Long.rotateLeft((hash ^ value) * FACTOR, ROTATION);
    }
}
