package org.efficientnet4j.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.efficientnet4j.core.Numbers;

/**
 * A zip file read with limits: few entries, no name twice, texts and arrays no larger than the file can justify. An entry
 * is read to its end and held against its checksum, which {@link ZipFile} does not do.
 */
final class ZipArchive implements AutoCloseable {
    /** Largest text entry in bytes: 20 times the configuration of the deepest published network. */
    static final int MOST_TEXT_BYTES = 16 << 20;

    /** DL4J's and our entries are fewer than ten. */
    private static final int MOST_ENTRIES = 100;

    /** Trained weights hardly compress; those of zeros or of a pattern may, up to a size that does no harm. */
    private static final long MOST_EXPANSION = 20;

    private static final long ANY_EXPANSION_BYTES = 256L << 20;

    static final String OTHER_LIBRARY =
            "it is another library's weight file, of which effnet import makes a model file";

    private final ZipFile zip;

    private ZipArchive(ZipFile zip) {
        this.zip = zip;
    }

    /** Reads an entry's content. */
    @FunctionalInterface
    interface EntryReader<T> {
        /**
         * Reads from the entry's first byte on.
         *
         * @param in the content; what is left of it is checked afterwards
         * @param bytes length of the content, as the archive states it
         */
        T read(CheckedEntryStream in, long bytes) throws IOException;
    }

    /** @throws IOException if the file is not a zip file, or has too many entries or a name twice */
    static ZipArchive open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            requirePlainNames(zip);
            return new ZipArchive(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static void requirePlainNames(ZipFile zip) throws IOException {
        if (zip.size() > MOST_ENTRIES) {
            boolean checkpoint = zip.stream().anyMatch(entry -> entry.getName().endsWith("/data.pkl"));
            throw new IOException(
                    checkpoint
                            ? OTHER_LIBRARY
                            : "a model file must have at most " + MOST_ENTRIES + " entries, found "
                                    + Numbers.grouped(zip.size()));
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries(zip)) {
            if (!names.add(entry.getName())) {
                throw new IOException("its entries must have different names, found " + entry.getName() + " twice");
            }
        }
    }

    private static List<ZipEntry> entries(ZipFile zip) throws IOException {
        try {
            return new ArrayList<>(zip.stream().toList());
        } catch (IllegalArgumentException e) {
            throw new IOException("an entry's name cannot be decoded", e);
        }
    }

    /**
     * Reads every entry to its end.
     *
     * @throws IOException naming the first damaged entry
     */
    void verify() throws IOException {
        for (ZipEntry entry : entries(zip)) {
            read(entry, (in, bytes) -> null);
        }
    }

    /** Tells if there is an entry of that name. */
    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** A text entry, decoded as UTF-8; empty if the archive has none of that name. */
    Optional<String> text(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? Optional.empty() : Optional.of(read(entry, (in, bytes) -> decoded(in, name, bytes)));
    }

    /** A text entry, decoded as UTF-8. */
    String requiredText(String name) throws IOException {
        return text(name).orElseThrow(() -> missing(name));
    }

    private static String decoded(CheckedEntryStream in, String name, long bytes) throws IOException {
        if (bytes > MOST_TEXT_BYTES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "its text entry %s must have at most %,d bytes, found %,d",
                    name,
                    MOST_TEXT_BYTES,
                    bytes));
        }
        byte[] text = in.readNBytes((int) bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("its text entry " + name + " is not UTF-8", e);
        }
    }

    /** An entry of numbers, empty if the archive has none of that name. */
    <T> Optional<T> numbers(String name, EntryReader<T> reader) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.getSize() > ANY_EXPANSION_BYTES && entry.getSize() / MOST_EXPANSION > entry.getCompressedSize()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "its entry %s unfolds from %,d to %,d bytes, as trained weights never do",
                    name,
                    entry.getCompressedSize(),
                    entry.getSize()));
        }
        return Optional.of(read(entry, reader));
    }

    private <T> T read(ZipEntry entry, EntryReader<T> reader) throws IOException {
        try (CheckedEntryStream in = new CheckedEntryStream(zip.getInputStream(entry), entry)) {
            T content = reader.read(in, entry.getSize());
            in.requireWhole();
            return content;
        }
    }

    static IOException missing(String name) {
        return new IOException("it has no entry " + name);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
