package org.efficientnet4j.weights;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.CacheFolder;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.download.DownloadAddress;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.download.Downloader;
import org.efficientnet4j.core.files.FileErrors;

/**
 * Location of weights: a path, or an address with the file's SHA-256 behind it,
 * {@code https://host/b0.safetensors#sha256=0123...}. A download is kept in the cache folder below {@code weights}, by its
 * checksum, and never fetched twice.
 *
 * @param path the file; empty for one to be downloaded
 * @param address where to download it; empty for a path
 * @param checksum of the download; empty for a path
 */
public record WeightLocation(Optional<Path> path, Optional<URI> address, Optional<Checksum> checksum) {
    private static final String CHECKSUM = "sha256=";

    /**
     * Understands what a user typed.
     *
     * @throws InvalidInputException for an address without a checksum or a file name, or of a kind that is not fetched
     */
    public static WeightLocation parse(String text) {
        if (!DownloadAddress.isAddress(text)) {
            return new WeightLocation(Optional.of(Path.of(text)), Optional.empty(), Optional.empty());
        }
        try {
            URI uri = new URI(text);
            String fragment = uri.getFragment() == null ? "" : uri.getFragment();
            if (!fragment.startsWith(CHECKSUM)) {
                throw new InvalidInputException("An address of weights ends in the file's checksum, as in "
                        + "https://host/b0.safetensors#sha256=0123..., found " + text
                        + ": take it from where the weights are published, or compute it by sha256sum");
            }
            Checksum checksum = new Checksum(fragment.substring(CHECKSUM.length()));
            URI plain = DownloadAddress.parse(text.substring(0, text.indexOf('#')));
            return new WeightLocation(Optional.empty(), Optional.of(plain), Optional.of(checksum));
        } catch (URISyntaxException e) {
            throw new InvalidInputException("Not an address: " + text + " (" + e.getReason() + ")", e);
        }
    }

    /**
     * The file, downloaded first where it has to be.
     *
     * @throws InvalidInputException if it cannot be fetched, or has another checksum
     */
    public Path locate(DownloadProgress progress) {
        return locate(new Downloader(progress), CacheFolder.locate());
    }

    Path locate(Downloader downloader, Path cache) {
        if (path.isPresent()) {
            return path.get();
        }
        Checksum expected = checksum.orElseThrow();
        Path target = cache.resolve("weights")
                .resolve(expected.sha256().substring(0, 16))
                .resolve(DownloadAddress.fileName(address.orElseThrow()));
        try {
            return downloader.fetch(address.orElseThrow(), expected, target);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "No weights from " + address.orElseThrow() + ": " + FileErrors.reason(e), e);
        }
    }
}
