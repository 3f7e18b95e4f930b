package org.efficientnet4j.kernels.vector;

import java.nio.ByteBuffer;
import org.efficientnet4j.kernels.memory.Addresses;

/** A region of native memory that {@link Lanes} reads and writes, 2 GiB at most. */
final class FloatWindow {
    final long address;

    /** Null where {@link Lanes} goes by the address. */
    final ByteBuffer buffer;

    FloatWindow(long address, long bytes) {
        this.address = address;
        this.buffer = Lanes.NEEDS_BUFFER ? Addresses.bytes(address, bytes) : null;
    }
}
