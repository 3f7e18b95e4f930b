package org.efficientnet4j.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.efficientnet4j.core.InvalidInputException;

/** Finds and reads the files of a CIFAR data set: in a folder, in its usual child folder, or in a tar.gz archive. */
final class CifarFiles {
    /** Larger than any official file; a longer entry is not CIFAR. */
    private static final long MAX_FILE_BYTES = 512L << 20;

    private final CifarFormat format;
    private final Map<String, byte[]> contents;
    private final Path origin;

    private CifarFiles(CifarFormat format, Map<String, byte[]> contents, Path origin) {
        this.format = format;
        this.contents = contents;
        this.origin = origin;
    }

    static CifarFiles load(CifarFormat format, Path location) {
        if (!Files.exists(location)) {
            throw new InvalidInputException(format.title() + " is expected in "
                    + location.toAbsolutePath().normalize() + ", which does not exist. Give a folder with "
                    + format.folder() + "/, or its .tar.gz archive.");
        }
        try {
            Map<String, byte[]> contents =
                    Files.isDirectory(location) ? readFolder(format, location) : readArchive(format, location);
            if (contents.keySet().stream().allMatch(format.namesFile()::equals)) {
                throw new InvalidInputException(
                        "%s has none of the %s files %s and %s. Give the folder %s/ of the binary version."
                                .formatted(
                                        location,
                                        format.title(),
                                        format.trainFiles(),
                                        format.testFile(),
                                        format.folder()));
            }
            return new CifarFiles(format, contents, location);
        } catch (IOException e) {
            throw new InvalidInputException(
                    format.title() + " cannot be read from " + location + ": " + e.getMessage()
                            + ". If it is an archive, it may be cut short: fetch it again.",
                    e);
        }
    }

    private static Map<String, byte[]> readFolder(CifarFormat format, Path folder) throws IOException {
        Path child = folder.resolve(format.folder());
        Path holder = Files.isDirectory(child) ? child : folder;
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(holder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (format.isPart(name)) {
                    contents.put(name, Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    private static Map<String, byte[]> readArchive(CifarFormat format, Path archive) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
                InputStream plain = archive.toString().endsWith(".tar") ? raw : new GZIPInputStream(raw);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String path = entry.getName();
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (entry.isFile() && format.isPart(name)) {
                    if (entry.getSize() > MAX_FILE_BYTES) {
                        throw new IOException(
                                name + " in it has " + entry.getSize() + " bytes, more than any CIFAR file");
                    }
                    contents.put(name, tar.readAllBytes());
                }
            }
        }
        return contents;
    }

    /** The training batches that are there, in the batches' order. */
    List<CifarBatch> trainBatches() {
        List<CifarBatch> batches = new ArrayList<>();
        for (String name : format.trainFiles()) {
            if (contents.containsKey(name)) {
                batches.add(batch(name));
            }
        }
        return batches;
    }

    Optional<CifarBatch> testBatch() {
        return contents.containsKey(format.testFile()) ? Optional.of(batch(format.testFile())) : Optional.empty();
    }

    private CifarBatch batch(String name) {
        return new CifarBatch(format, name, contents.get(name));
    }

    Path origin() {
        return origin;
    }

    /** The class names; where their file is missing, the classes' numbers. */
    List<String> labels() {
        byte[] names = contents.get(format.namesFile());
        if (names == null) {
            return Stream.iterate(0, i -> i + 1)
                    .limit(format.classes())
                    .map(String::valueOf)
                    .toList();
        }
        List<String> labels = new String(names, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (labels.size() != format.classes()) {
            throw new InvalidInputException("%s in %s must name %d classes, one a line, but names %d. Fetch %s again."
                    .formatted(format.namesFile(), origin, format.classes(), labels.size(), format.title()));
        }
        return labels;
    }
}
