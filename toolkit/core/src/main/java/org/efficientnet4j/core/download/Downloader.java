package org.efficientnet4j.core.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.efficientnet4j.core.files.AtomicFiles;

/**
 * Fetches files over HTTP, from addresses as {@link DownloadAddress} has them. The bytes gather in {@code NAME.part} beside the target; a broken download goes on from there,
 * in this run or the next, if the server can; the whole file is checked against its SHA-256 and then moved to its name in
 * one step. A file that already has its name and the right checksum is not fetched again.
 */
public final class Downloader {
    /** The largest file that is fetched unless said otherwise: 16 GiB, several times the largest weights. */
    public static final long LARGEST = 16L << 30;

    private static final int ATTEMPTS = 4;

    private final HttpClient client;
    private final DownloadProgress progress;
    private final Duration pause;
    private final Duration idleLimit;
    private final long largest;

    /**
     * Makes a downloader that waits a second between attempts.
     *
     * @param progress told how far each download is
     */
    public Downloader(DownloadProgress progress) {
        this(progress, Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    /**
     * Makes a downloader.
     *
     * @param progress told how far each download is
     * @param pause how long to wait after the first failed attempt, twice as long after each further one
     * @param idleLimit how long a server may send nothing before the connection counts as broken
     */
    public Downloader(DownloadProgress progress, Duration pause, Duration idleLimit) {
        this(progress, pause, idleLimit, LARGEST);
    }

    /**
     * Makes a downloader of smaller files.
     *
     * @param progress told how far each download is
     * @param pause how long to wait after the first failed attempt, twice as long after each further one
     * @param idleLimit how long a server may send nothing before the connection counts as broken
     * @param largest the size in bytes from which on a file is refused, positive
     * @throws IllegalArgumentException if the size is not positive
     */
    public Downloader(DownloadProgress progress, Duration pause, Duration idleLimit, long largest) {
        if (largest < 1) {
            throw new IllegalArgumentException("The largest file must have at least 1 byte, found " + largest);
        }
        this.largest = largest;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        this.progress = Objects.requireNonNull(progress, "progress");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.idleLimit = Objects.requireNonNull(idleLimit, "idleLimit");
    }

    /**
     * Fetches a file, or finds it there.
     *
     * @param address where it is
     * @param expected its checksum
     * @param target where it goes; missing folders are made
     * @return the target
     * @throws org.efficientnet4j.core.InvalidInputException if the address is of a kind that is not fetched
     * @throws DownloadException if it cannot be fetched, is too large or is not the file expected
     * @throws IOException if the target cannot be written
     */
    public Path fetch(URI address, Checksum expected, Path target) throws IOException {
        DownloadAddress.require(address);
        if (Files.isRegularFile(target) && Checksum.of(target).equals(expected)) {
            return target;
        }
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file has a folder");
        Files.createDirectories(folder);
        Path part = folder.resolve(target.getFileName() + ".part");
        boolean resumed = Files.exists(part);
        complete(address, part, target);
        Checksum actual = Checksum.of(part);
        if (!actual.equals(expected) && resumed) {
            // The earlier part may have come from another version of the file: once more from the start.
            Files.delete(part);
            complete(address, part, target);
            actual = Checksum.of(part);
        }
        if (!actual.equals(expected)) {
            Files.delete(part);
            throw new DownloadException("%s has the SHA-256 %s, but %s was expected: it is not the file meant, or was"
                            .formatted(address, actual.sha256(), expected.sha256())
                    + " changed on the way. Nothing was kept; try again later.");
        }
        AtomicFiles.move(part, target);
        return target;
    }

    private void complete(URI address, Path part, Path target) throws IOException {
        PartialDownload download = new PartialDownload(
                client, address, part, String.valueOf(target.getFileName()), progress, idleLimit, largest);
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (attempt > 0) {
                    Thread.sleep(pause.toMillis() << (attempt - 1));
                }
                download.run();
                return;
            } catch (DownloadException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DownloadException("the download of " + address + " was interrupted", e);
            }
        }
        throw new DownloadException(
                "cannot download %s after %d attempts (%s). Check the network, then run again: it goes"
                                .formatted(address, ATTEMPTS, reason(last))
                        + " on where it stopped.",
                last);
    }

    private static String reason(IOException error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
