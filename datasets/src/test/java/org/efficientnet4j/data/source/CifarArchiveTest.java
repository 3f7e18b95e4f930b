package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.download.Downloader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarArchiveTest {
    private static final Downloader DOWNLOADER =
            new Downloader(DownloadProgress.SILENT, Duration.ofMillis(1), Duration.ofSeconds(10));

    @TempDir
    Path root;

    @Test
    void theArchiveIsFetchedOnceAndServesFromTheCache() throws Exception {
        Path archive = root.resolve("served.tar.gz");
        CifarSourceTest.writeArchive(archive, Map.of("data_batch_1.bin", new byte[3073 * 5]));
        byte[] content = Files.readAllBytes(archive);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://localhost:%d/x/cifar.tar.gz"
                .formatted(server.getAddress().getPort()));
        CifarArchive cifar = new CifarArchive(address, Checksum.of(archive));
        Path folder = cifar.fetch(CifarFormat.CIFAR10, root.resolve("cache"), DOWNLOADER);
        server.stop(0);
        assertEquals(folder, cifar.fetch(CifarFormat.CIFAR10, root.resolve("cache"), DOWNLOADER));
        assertFalse(Files.exists(root.resolve("cache/cifar.tar.gz")));
        assertEquals(
                5,
                CifarSource.open(CifarFormat.CIFAR10, folder, SplitOptions.DEFAULT)
                        .all()
                        .size());
    }

    @Test
    void withoutANetworkTheMessageNamesAnotherWay() {
        // Port 9 (discard) is not listened on.
        CifarArchive cifar =
                new CifarArchive(URI.create("http://localhost:9/cifar.tar.gz"), new Checksum("0".repeat(64)));
        String message = assertThrows(
                        InvalidInputException.class, () -> cifar.fetch(CifarFormat.CIFAR10, root, DOWNLOADER))
                .getMessage();
        assertTrue(message.contains("cifar10:PATH"), message);
        assertTrue(message.contains("http://localhost:9/cifar.tar.gz"), message);
    }
}
