package org.efficientnet4j.weights;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads zip entries that are not compressed, so that a small file can't unfold into a large one. */
public final class StoredEntries {
    private StoredEntries() {}

    /**
     * An entry's bytes.
     *
     * @throws IOException if there is none of that name, or it is compressed
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
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
