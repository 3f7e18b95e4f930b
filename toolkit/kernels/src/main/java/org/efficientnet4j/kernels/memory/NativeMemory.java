package org.efficientnet4j.kernels.memory;

import java.lang.ref.Cleaner;
import org.bytedeco.javacpp.Pointer;

/** A block of native memory, aligned to cache lines; freed by {@link #close()} or, failing that, with its owner. */
public final class NativeMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final long ALIGNMENT = 64;

    private final long address;
    private final long bytes;
    private final Cleaner.Cleanable cleanable;

    /**
     * Allocates uninitialised memory.
     *
     * @throws OutOfMemoryError if the machine has none left
     */
    public NativeMemory(long bytes) {
        Pointer block = Pointer.malloc(bytes + ALIGNMENT);
        if (block == null || block.isNull()) {
            throw new OutOfMemoryError("No " + bytes + " bytes of native memory left: use a smaller batch or image");
        }
        this.bytes = bytes;
        this.address = (block.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        this.cleanable = CLEANER.register(this, () -> Pointer.free(block));
    }

    /** The first byte, a multiple of 64. */
    public long address() {
        return address;
    }

    /** The size. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        cleanable.clean();
    }
}
