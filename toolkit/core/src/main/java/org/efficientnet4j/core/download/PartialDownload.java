package org.efficientnet4j.core.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** One file on its way: each run asks for the bytes that its part file still lacks. */
final class PartialDownload {
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final long UPDATE_NANOS = Duration.ofMillis(250).toNanos();

    private final HttpClient client;
    private final URI address;
    private final Path part;
    private final String name;
    private final DownloadProgress progress;
    private final Duration idleLimit;
    private final long largest;

    /**
     * A download to be run.
     *
     * @param idleLimit how long the server may send nothing before the connection counts as broken
     * @param largest the most bytes that are taken
     */
    PartialDownload(
            HttpClient client,
            URI address,
            Path part,
            String name,
            DownloadProgress progress,
            Duration idleLimit,
            long largest) {
        this.client = client;
        this.address = address;
        this.part = part;
        this.name = name;
        this.progress = progress;
        this.idleLimit = idleLimit;
        this.largest = largest;
    }

    /**
     * Fetches what is missing.
     *
     * @throws DownloadException if the server refuses, so that trying again is useless
     * @throws IOException if the connection fails; the bytes so far are kept
     */
    void run() throws IOException, InterruptedException {
        long there = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
        if (there > 0) {
            request.header("Range", "bytes=" + there + "-");
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == PARTIAL_CONTENT && startsAt(response, there)) {
                copy(body, there, response, StandardOpenOption.APPEND);
            } else if (status == 200) {
                // No ranges here: the server sends the file from its start.
                copy(body, 0, response, StandardOpenOption.TRUNCATE_EXISTING);
            } else if (status == PARTIAL_CONTENT || status == RANGE_NOT_SATISFIABLE) {
                dropUnlessWhole(response, there);
            } else if (status >= 500 || status == 429) {
                throw new IOException("the server answered " + status);
            } else {
                throw new DownloadException("cannot download " + address + ": the server answered " + status
                        + ". Fetch the file by hand and give its place instead.");
            }
        }
    }

    private static boolean startsAt(HttpResponse<InputStream> response, long offset) {
        return response.headers()
                .firstValue("Content-Range")
                .map(range -> range.startsWith("bytes " + offset + "-"))
                .orElse(false);
    }

    /** The server has nothing behind our last byte: either the part is the whole file, or it is of another file. */
    private void dropUnlessWhole(HttpResponse<InputStream> response, long there) throws IOException {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.equals("bytes */" + there)) {
            Files.delete(part);
            throw new IOException("the server could not go on at byte " + there);
        }
        progress.update(name, there, there);
    }

    private void copy(InputStream body, long from, HttpResponse<InputStream> response, StandardOpenOption mode)
            throws IOException {
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        long total = announced < 0 ? DownloadProgress.UNKNOWN : from + announced;
        requireSize(total);
        long done = from;
        long lastUpdate = System.nanoTime();
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, mode, StandardOpenOption.WRITE);
                IdleGuard guard = new IdleGuard(body, idleLimit)) {
            for (int read = read(body, buffer, guard); read >= 0; read = read(body, buffer, guard)) {
                out.write(buffer, 0, read);
                done += read;
                requireSize(done);
                if (System.nanoTime() - lastUpdate > UPDATE_NANOS) {
                    progress.update(name, done, total);
                    lastUpdate = System.nanoTime();
                }
            }
        }
        if (total >= 0 && done < total) {
            throw new IOException("the connection ended after " + done + " of " + total + " bytes");
        }
        progress.update(name, done, total);
    }

    /** Stops a server that sends without end; what came so far is of no use. */
    private void requireSize(long bytes) throws IOException {
        if (bytes > largest) {
            Files.deleteIfExists(part);
            throw new DownloadException(
                    "A file to be downloaded must have at most %,d bytes, found more at %s: fetch it by hand and give its place instead"
                            .formatted(largest, address));
        }
    }

    private int read(InputStream body, byte[] buffer, IdleGuard guard) throws IOException {
        try {
            int read = body.read(buffer);
            guard.progressed();
            return read;
        } catch (IOException e) {
            throw guard.expired()
                    ? new IOException("the server sent nothing for " + idleLimit.toSeconds() + " s", e)
                    : e;
        }
    }
}
