package org.efficientnet4j.kernels.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.efficientnet4j.kernels.memory.Addresses;

/** A region of native memory that {@link Lanes} reads and writes, 2 GiB at most. For one thread at a time. */
final class FloatWindow {
    private final long address;
    private final long bytes;
    private ByteBuffer buffer;

    FloatWindow(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** The address of a byte. */
    long position(long offset) {
        return address + offset;
    }

    /** The region, for those who can't go by addresses. */
    ByteBuffer buffer() {
        if (buffer == null) {
            buffer = Addresses.bytes(address, bytes);
        }
        return buffer;
    }

    /** {@link #position(long)} as {@code (window, offset)}. */
    static MethodHandle position() throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(FloatWindow.class, "position", MethodType.methodType(long.class, long.class));
    }
}
