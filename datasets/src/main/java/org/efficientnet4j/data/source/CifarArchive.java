package org.efficientnet4j.data.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.download.DownloadAddress;
import org.efficientnet4j.core.download.Downloader;
import org.efficientnet4j.data.archive.ArchiveExtractor;
import org.efficientnet4j.data.archive.ExtractionLimits;

/**
 * A CIFAR archive on the network and its place in the cache: fetched and unfolded once, found there from then on.
 *
 * @param address where the archive is
 * @param checksum its SHA-256
 */
record CifarArchive(URI address, Checksum checksum) {
    /** CIFAR's archives unfold to about 180 MB. */
    private static final ExtractionLimits LIMITS = new ExtractionLimits(100, 1L << 30);

    /** The archive on the data sets' page; checksums as recorded by several public data set catalogues. */
    static CifarArchive official(CifarFormat format) {
        return switch (format) {
            case CIFAR10 ->
                new CifarArchive(
                        URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                        new Checksum("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"));
            case CIFAR100 ->
                new CifarArchive(
                        URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
                        new Checksum("58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"));
        };
    }

    /**
     * The unfolded archive's folder in the cache, fetched first if it is not there.
     *
     * @throws InvalidInputException if it cannot be fetched or unfolded, naming the way without a network
     */
    Path fetch(CifarFormat format, Path cache, Downloader downloader) {
        Path folder = cache.resolve(format.folder());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path archive = cache.resolve(DownloadAddress.fileName(address));
        try {
            downloader.fetch(address, checksum, archive);
            new ArchiveExtractor(LIMITS).extract(archive, folder);
            Files.delete(archive);
            return folder;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "%s is not in the cache %s and could not be fetched: %s Where there is no network, copy %s from elsewhere and give its place: %s:PATH."
                            .formatted(
                                    format.title(),
                                    cache,
                                    sentence(e),
                                    address,
                                    format.name().toLowerCase(Locale.ROOT)),
                    e);
        }
    }

    private static String sentence(IOException error) {
        String text = String.valueOf(error.getMessage());
        return text.endsWith(".") ? text : text + ".";
    }
}
