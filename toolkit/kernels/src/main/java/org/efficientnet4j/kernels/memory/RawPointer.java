package org.efficientnet4j.kernels.memory;

import org.bytedeco.javacpp.Pointer;

/** A JavaCPP pointer at an address; owns nothing. */
public final class RawPointer extends Pointer {
    /** Points at nothing yet. */
    public RawPointer() {
        super((Pointer) null);
    }

    /** Bytes: JavaCPP would count in machine words and make buffers eight times too long. */
    @Override
    public int sizeof() {
        return 1;
    }

    /** Points at an address from now on. */
    public RawPointer at(long newAddress) {
        address = newAddress;
        return this;
    }

    /** Points at so many bytes at an address from now on. */
    RawPointer at(long newAddress, long bytes) {
        address = newAddress;
        position = 0;
        limit = bytes;
        capacity = bytes;
        return this;
    }
}
