package org.efficientnet4j.data.decode;

import java.nio.ByteBuffer;

/** The chunks of a PNG file. */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;

    private PngChunks() {}

    /**
     * Finds a chunk.
     *
     * @param type four letters
     * @return where its length stands, 8 bytes before its content, which is whole; -1 if there is none
     */
    static int find(byte[] file, String type) {
        long at = SIGNATURE_BYTES;
        while (at + 12 <= file.length) {
            int position = (int) at;
            long length = ByteBuffer.wrap(file).getInt(position) & 0xFFFFFFFFL;
            if (ImageFormat.hasText(file, position + 4, type)) {
                return at + 8 + length <= file.length ? position : -1;
            }
            at += 12 + length;
        }
        return -1;
    }
}
