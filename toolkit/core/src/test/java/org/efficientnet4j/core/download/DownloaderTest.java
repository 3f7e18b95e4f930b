package org.efficientnet4j.core.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    private static final int LENGTH = 300_000;

    @TempDir
    Path root;

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<Long> progress = new CopyOnWriteArrayList<>();
    private byte[] content;
    private Checksum checksum;
    private HttpServer server;
    private boolean supportsRanges = true;
    private int breaks;
    private int silences;
    private int status = 200;

    @BeforeEach
    void startServer() throws IOException {
        content = new byte[LENGTH];
        new Random(4).nextBytes(content);
        checksum = Checksum.of(Files.write(root.resolve("original"), content));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/data.bin", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    /** Sends what is asked for; while {@code breaks} is positive, only half of it, and then closes the connection. */
    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        try (exchange) {
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            int from = 0;
            if (range != null && supportsRanges) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                if (from >= LENGTH) {
                    exchange.getResponseHeaders().set("Content-Range", "bytes */" + LENGTH);
                    exchange.sendResponseHeaders(416, -1);
                    return;
                }
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes %d-%d/%d".formatted(from, LENGTH - 1, LENGTH));
            }
            int length = LENGTH - from;
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
            OutputStream body = exchange.getResponseBody();
            body.write(content, from, breaks > 0 || silences > 0 ? length / 2 : length);
            body.flush();
            if (silences-- > 0) {
                awaitSilence();
            }
            if (breaks-- > 0) {
                throw new IOException("the test breaks the connection");
            }
        }
    }

    /** Holds a connection open without a byte, longer than the client is to wait. */
    private static void awaitSilence() throws IOException {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("the test ends its silence");
    }

    private Path fetch(Checksum expected) throws IOException {
        URI address = URI.create(
                "http://localhost:%d/data.bin".formatted(server.getAddress().getPort()));
        Downloader downloader =
                new Downloader((file, done, total) -> progress.add(done), Duration.ofMillis(1), Duration.ofMillis(300));
        return downloader.fetch(address, expected, root.resolve("deep/er/data.bin"));
    }

    private Path part() throws IOException {
        return Files.createDirectories(root.resolve("deep/er")).resolve("data.bin.part");
    }

    private void assertFetched() throws IOException {
        assertArrayEquals(content, Files.readAllBytes(fetch(checksum)));
        assertFalse(Files.exists(part()));
    }

    @Test
    void aFileLargerThanTheBoundIsNotKept() {
        Downloader bounded =
                new Downloader(DownloadProgress.SILENT, Duration.ofMillis(1), Duration.ofSeconds(10), LENGTH - 1);
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/data.bin");
        String message = assertThrows(
                        DownloadException.class, () -> bounded.fetch(address, checksum, root.resolve("got")))
                .getMessage();
        assertTrue(message.contains("299,999"), message);
        assertFalse(Files.exists(root.resolve("got.part")));
        assertEquals(1, ranges.size());
    }

    @Test
    void fetchesOnceAndReportsTheEnd() throws IOException {
        assertFetched();
        assertEquals(LENGTH, progress.get(progress.size() - 1));
        assertFetched();
        assertEquals(List.of("null"), ranges);
    }

    @Test
    void goesOnWhereAnEarlierRunStopped() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 1000));
        assertFetched();
        assertEquals(List.of("bytes=1000-"), ranges);
    }

    @Test
    void goesOnAfterABrokenConnection() throws IOException {
        breaks = 2;
        assertFetched();
        assertEquals(3, ranges.size());
        assertTrue(ranges.get(1).startsWith("bytes=") && !ranges.get(1).equals("bytes=0-"), ranges.toString());
    }

    @Test
    void goesOnAfterAServerThatFellSilent() throws IOException {
        silences = 1;
        assertFetched();
        assertEquals(2, ranges.size());
        assertTrue(ranges.get(1).startsWith("bytes="), ranges.toString());
    }

    @Test
    void aServerWithoutRangesSendsTheWholeFileAgain() throws IOException {
        supportsRanges = false;
        Files.write(part(), Arrays.copyOf(content, 1000));
        assertFetched();
    }

    @Test
    void aCompletePartIsNotFetchedAgain() throws IOException {
        Files.write(part(), content);
        assertFetched();
        assertEquals(List.of("bytes=" + LENGTH + "-"), ranges);
    }

    @Test
    void aPartOfAnotherFileIsReplaced() throws IOException {
        Files.write(part(), new byte[1000]);
        assertFetched();
        assertEquals(List.of("bytes=1000-", "null"), ranges);
        Files.delete(root.resolve("deep/er/data.bin"));
        Files.write(part(), new byte[LENGTH + 5]);
        assertFetched();
    }

    @Test
    void aWrongChecksumKeepsNothing() throws IOException {
        Checksum other = new Checksum("0".repeat(64));
        DownloadException error = assertThrows(DownloadException.class, () -> fetch(other));
        assertTrue(error.getMessage().contains(checksum.sha256()), error.getMessage());
        assertTrue(error.getMessage().contains(other.sha256()), error.getMessage());
        assertFalse(Files.exists(part()) || Files.exists(root.resolve("deep/er/data.bin")));
    }

    @Test
    void givesUpAfterSeveralAttemptsAndKeepsThePart() throws IOException {
        breaks = 100;
        DownloadException error = assertThrows(DownloadException.class, () -> fetch(checksum));
        assertTrue(error.getMessage().contains("after 4 attempts"), error.getMessage());
        assertTrue(Files.size(part()) > LENGTH / 2);
    }

    @Test
    void aRefusalIsFinal() {
        status = 404;
        DownloadException error = assertThrows(DownloadException.class, () -> fetch(checksum));
        assertTrue(error.getMessage().contains("answered 404"), error.getMessage());
        assertEquals(1, ranges.size());
    }

    @Test
    void theCacheFolderMayBeNamed() {
        assertEquals(Path.of("/else/where"), CacheFolder.locate(Map.of("EFFNET_CACHE", "/else/where"), "/home/u"));
        assertEquals(Path.of("/home/u/.cache/efficientnet4j"), CacheFolder.locate(Map.of(), "/home/u"));
    }
}
