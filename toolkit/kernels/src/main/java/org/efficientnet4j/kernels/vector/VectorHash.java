package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.memory.Fingerprint;

/**
 * {@link org.efficientnet4j.kernels.memory.MemoryHash} by vectors, at the speed of memory: chains of 64-bit lanes run
 * through the floats side by side. Each step of a chain is invertible, so that no change of a single value goes unnoticed;
 * each depends on all before it, so that places count.
 */
final class VectorHash {
    private static final int STATE = HashRows.CHAINS * HashLanes.SPECIES.length();
    private static final long BLOCK_BYTES = 8L * STATE;
    private static final long PIECE_BYTES = (1L << 30) / BLOCK_BYTES * BLOCK_BYTES;

    private VectorHash() {}

    /** The hash of so many floats at an address. */
    static long of(long address, long floats) {
        long bytes = Float.BYTES * floats / BLOCK_BYTES * BLOCK_BYTES;
        long hash = Fingerprint.of(address + bytes, floats - bytes / Float.BYTES);
        if (bytes == 0) {
            return hash;
        }
        long[] state = new long[STATE];
        for (int i = 0; i < STATE; i++) {
            state[i] = Fingerprint.mix(i, 1);
        }
        for (long done = 0; done < bytes; done += PIECE_BYTES) {
            long piece = Math.min(PIECE_BYTES, bytes - done);
            HashRows.mix(new FloatWindow(address + done, piece), 0, piece, state);
        }
        for (long lane : state) {
            hash = Fingerprint.mix(hash, lane);
        }
        return hash;
    }
}
