package org.efficientnet4j.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.efficientnet4j.core.Numbers;

/**
 * Parts of files read into memory. Files are not mapped, since the disk's read errors, and another process that cuts the
 * file short, would end in an {@link InternalError} wherever the memory is touched.
 */
public final class FilePart {
    /** Bytes that one part can have. */
    public static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private FilePart() {}

    /**
     * Reads a part, which little-endian numbers can be taken from.
     *
     * @param position of its first byte
     * @param bytes its length, at most {@link #MOST_BYTES}
     * @throws EOFException if the file ends before it
     */
    public static ByteBuffer read(FileChannel channel, long position, long bytes) throws IOException {
        requireEnd(channel.size(), position + bytes);
        ByteBuffer part = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        while (part.hasRemaining()) {
            long at = position + part.position();
            if (channel.read(part, at) < 0) {
                requireEnd(at, position + bytes);
            }
        }
        return part.flip();
    }

    private static void requireEnd(long fileEnd, long partEnd) throws EOFException {
        if (partEnd > fileEnd) {
            throw new EOFException(
                    "it ends at byte " + Numbers.grouped(fileEnd) + ", before byte " + Numbers.grouped(partEnd));
        }
    }
}
