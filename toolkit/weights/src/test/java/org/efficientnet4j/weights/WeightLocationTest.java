package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.core.download.Downloader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightLocationTest {
    @TempDir
    private Path folder;

    @Test
    void takesAPathAsItIs() {
        assertEquals(
                Optional.of(Path.of("a/b.pth")), WeightLocation.parse("a/b.pth").path());
    }

    @Test
    void fetchesOnceByChecksum() throws IOException {
        byte[] content = {1, 2, 3};
        Checksum checksum = Checksum.of(Files.write(folder.resolve("original"), content));
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/b0.safetensors", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, content.length);
            try (exchange) {
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "/b0.safetensors#sha256=";
            Downloader downloader =
                    new Downloader(DownloadProgress.SILENT, Duration.ofMillis(1), Duration.ofSeconds(10));
            WeightLocation location = WeightLocation.parse(address + checksum.sha256());
            Path file = location.locate(downloader, folder);
            assertEquals("b0.safetensors", file.getFileName().toString());
            assertTrue(file.startsWith(folder.resolve("weights")), file.toString());
            assertArrayEquals(content, Files.readAllBytes(file));
            assertEquals(file, location.locate(downloader, folder));
            assertEquals(1, requests.get());
            WeightLocation wrong = WeightLocation.parse(address + "0".repeat(64));
            assertThrows(InvalidInputException.class, () -> wrong.locate(downloader, folder));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/b0.safetensors, sha256sum",
        "https://host/b0.safetensors#sha256=12, 64 hexadecimal",
        "https://host/#sha256=0000000000000000000000000000000000000000000000000000000000000000, must end in a file",
        "'http://ho st/b0#sha256=1', Not an address"
    })
    void refusesAnAddressThatCannotBeChecked(String text, String expected) {
        String message = assertThrows(InvalidInputException.class, () -> WeightLocation.parse(text))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
