package org.efficientnet4j.kernels.onednn.inference;

import org.efficientnet4j.kernels.memory.NativeMemory;

/**
 * Memory that units take turns with, as large as the largest of them needs it. What one leaves there means nothing to the
 * next; but it is still in the cache, where memory of each unit's own would not be.
 */
public final class SharedScratch implements AutoCloseable {
    private long wanted;
    private NativeMemory memory;

    /** Asks for so many bytes from the next {@link #allocate} on. */
    void reserve(long bytes) {
        wanted = Math.max(wanted, bytes);
    }

    /** Makes the memory as large as it was asked for; before the first use. */
    void allocate() {
        if (memory == null || memory.bytes() < wanted) {
            close();
            memory = new NativeMemory(wanted);
        }
    }

    /** Address, valid until the next {@link #allocate}. */
    long address() {
        return memory.address();
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
