package org.efficientnet4j.kernels.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for many blocks that live and go together. They lie side by side in large chunks, which the system can
 * hold on huge pages: what is read from end to end again and again then costs fewer address translations.
 */
public final class NativeArena implements AutoCloseable {
    private static final long CHUNK = 8L << 20;
    private static final long ALIGNMENT = 64;

    private final List<NativeMemory> chunks = new ArrayList<>();
    private long free;
    private long end;

    /** The address of so many uninitialised bytes, a multiple of 64; good until this is closed. */
    public long allocate(long bytes) {
        long size = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (end - free < size) {
            NativeMemory chunk = new NativeMemory(Math.max(size, CHUNK));
            chunks.add(chunk);
            free = chunk.address();
            end = free + chunk.bytes();
        }
        long result = free;
        free += size;
        return result;
    }

    @Override
    public void close() {
        chunks.forEach(NativeMemory::close);
        chunks.clear();
        free = 0;
        end = 0;
    }
}
