package org.efficientnet4j.weights;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads zip entries that are not compressed, so that a small file can't unfold into a large one. */
public final class StoredEntries {
    /** The longest array of every JVM. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private StoredEntries() {}

    /**
     * An entry's bytes.
     *
     * @throws IOException if there is none of that name, or it is compressed or damaged
     */
    public static byte[] read(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no entry " + name);
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException(
                    "its entry " + name + " is compressed, which the library that writes such files never does");
        }
        if (entry.getSize() > MOST_BYTES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "its entry %s has %,d bytes; at most %,d can be read",
                    name,
                    entry.getSize(),
                    MOST_BYTES));
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes((int) entry.getSize());
        }
        requireWhole(entry, bytes);
        return bytes;
    }

    private static void requireWhole(ZipEntry entry, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
            throw new IOException("its entry %s is damaged: its checksum (CRC-32) is %08x, %08x is stated"
                    .formatted(entry.getName(), checksum.getValue(), entry.getCrc()));
        }
    }
}
