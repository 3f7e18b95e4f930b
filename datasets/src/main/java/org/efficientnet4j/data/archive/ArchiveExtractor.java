package org.efficientnet4j.data.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * Unfolds {@code .tar.gz}, {@code .tgz}, {@code .tar} and {@code .zip} archives. An archive is not trusted: an entry whose
 * name leads outside the folder, a link, a device or too many bytes end the extraction, and nothing is kept. The folder
 * appears under its name only when everything is in it.
 */
public final class ArchiveExtractor {
    private final ExtractionLimits limits;

    /**
     * Makes an extractor.
     *
     * @param limits how much an archive may unfold to
     */
    public ArchiveExtractor(ExtractionLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Unfolds an archive into a new folder.
     *
     * @param archive the archive, told by its extension
     * @param folder a folder that does not exist yet
     * @throws IOException if the archive is damaged, unsafe or too large, or the folder exists or cannot be written
     */
    public void extract(Path archive, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new IOException("to extract " + archive + ", the folder " + folder + " must not exist yet");
        }
        Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent(), "a new folder has a parent");
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, folder.getFileName() + ".part");
        try {
            try (ArchiveInputStream<? extends ArchiveEntry> entries = open(archive)) {
                extractAll(entries, unfinished, archive);
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            deleteTree(unfinished);
            throw e;
        }
    }

    private static ArchiveInputStream<? extends ArchiveEntry> open(Path archive) throws IOException {
        String name = String.valueOf(archive.getFileName()).toLowerCase(Locale.ROOT);
        boolean gzip = name.endsWith(".tar.gz") || name.endsWith(".tgz");
        if (!gzip && !name.endsWith(".tar") && !name.endsWith(".zip")) {
            throw new IOException("an archive must be a .tar.gz, .tgz, .tar or .zip, but is " + archive);
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        try {
            if (name.endsWith(".zip")) {
                return new ZipArchiveInputStream(raw);
            }
            return new TarArchiveInputStream(gzip ? new GZIPInputStream(raw, 1 << 16) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private void extractAll(ArchiveInputStream<? extends ArchiveEntry> entries, Path folder, Path archive)
            throws IOException {
        int count = 0;
        long room = limits.bytes();
        for (ArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (++count > limits.entries()) {
                throw new IOException(archive + " has more than the allowed " + limits.entries() + " entries");
            }
            requirePlain(entry, archive);
            Path target = inside(folder, entry.getName(), archive);
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(Objects.requireNonNull(target.getParent(), "a file has a folder"));
                room -= copy(entries, target, room, archive);
            }
        }
        if (count == 0) {
            throw new IOException(archive + " holds nothing, or is not an archive of the kind its name says");
        }
    }

    private static void requirePlain(ArchiveEntry entry, Path archive) throws IOException {
        boolean plain = entry.isDirectory();
        if (entry instanceof TarArchiveEntry tar) {
            plain |= tar.isFile() && !tar.isLink() && !tar.isSymbolicLink() && !tar.isFIFO() && !isDevice(tar);
        } else if (entry instanceof ZipArchiveEntry zip) {
            plain |= !zip.isUnixSymlink();
        }
        if (!plain) {
            throw new IOException(
                    "%s holds \"%s\", which is a link or a special file; only files and folders are extracted"
                            .formatted(archive, entry.getName()));
        }
    }

    private static boolean isDevice(TarArchiveEntry entry) {
        return entry.isCharacterDevice() || entry.isBlockDevice();
    }

    private static Path inside(Path folder, String name, Path archive) throws IOException {
        try {
            Path target = folder.resolve(name.replace('\\', '/')).normalize();
            if (target.startsWith(folder) && !Path.of(name).isAbsolute()) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw new IOException(archive + " holds the impossible name \"" + name + "\"", e);
        }
        throw new IOException(archive + " holds \"" + name + "\", which leads outside the folder: it is not safe");
    }

    private long copy(InputStream in, Path target, long room, Path archive) throws IOException {
        long copied = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > room) {
                    throw new IOException(archive + " unfolds to more than the allowed " + limits.bytes() + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
        return copied;
    }

    private static void deleteTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
