package org.efficientnet4j.model;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.efficientnet4j.core.Numbers;

/** A zip entry's content, counted and summed up as it is read, so that damage is noticed at its end. */
final class CheckedEntryStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private final ZipEntry entry;
    private final CRC32 checksum = new CRC32();
    private long count;

    CheckedEntryStream(InputStream in, ZipEntry entry) {
        super(in);
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (EOFException e) {
            throw damaged("its compressed data are cut short");
        } catch (IOException e) {
            throw damaged("it cannot be unpacked: " + e.getMessage());
        }
        if (read > 0) {
            checksum.update(bytes, offset, read);
            count += read;
            if (count > entry.getSize()) {
                throw damaged("it has more than the " + Numbers.grouped(entry.getSize()) + " bytes stated");
            }
        }
        return read;
    }

    @Override
    public long skip(long bytes) {
        throw new UnsupportedOperationException("Skipped bytes would be missing from the checksum");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /**
     * Reads what is left of the entry.
     *
     * @throws IOException if its length or its CRC-32 is not the stated one
     */
    void requireWhole() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (read(buffer, 0, BUFFER) >= 0) {
            // only counted and summed up
        }
        if (count != entry.getSize()) {
            throw damaged(
                    "it has " + Numbers.grouped(count) + " bytes, " + Numbers.grouped(entry.getSize()) + " are stated");
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw damaged(
                    "its checksum (CRC-32) is %08x, %08x is stated".formatted(checksum.getValue(), entry.getCrc()));
        }
    }

    private IOException damaged(String reason) {
        return new DamagedEntryException("its entry " + entry.getName() + " is damaged: " + reason);
    }

    /** An entry that differs from what was written. */
    private static final class DamagedEntryException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedEntryException(String message) {
            super(message);
        }
    }
}
