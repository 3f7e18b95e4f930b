package org.efficientnet4j.core.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.web.LoopbackServer.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackServerTest {
    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.bind(
                0,
                "--ui",
                Map.of(
                        "/", new Page("text/html", () -> "<p>größer"),
                        "/broken",
                                new Page("text/plain", () -> {
                                    throw new IllegalStateException("no study");
                                })));
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private int port() {
        return URI.create(server.address()).getPort();
    }

    /** The answer to a request as it stands, which clients would tidy up. */
    private String answer(String request, String host) throws IOException {
        try (Socket socket = open()) {
            write(socket, request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, localhost, 200",
        "GET /?a=b, localhost, 200",
        "HEAD /, localhost, 200",
        "GET /other, localhost, 404",
        "GET /broken, localhost, 500",
        "GET /, example.com, 421",
        "DELETE /, localhost, 405",
        "POST /, localhost, 405",
    })
    void answersWhatReadsAndNamesThisMachine(String request, String host, int code) throws IOException {
        String answer = answer(request, host);
        assertTrue(answer.startsWith("HTTP/1.1 " + code + " "), answer);
        assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("x-content-type-options: nosniff"), answer);
        assertEquals(request.equals("HEAD /"), answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void tellsTextsLengthInBytes() throws IOException {
        String answer = answer("GET /", "127.0.0.1:" + port()).toLowerCase(java.util.Locale.ROOT);
        assertTrue(answer.contains("content-length: 11\r\n") && answer.endsWith("<p>größer"), answer);
    }

    @Test
    void answersBesideClientsThatNeverEndTheirRequest() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < LoopbackServer.THREADS - 1; i++) {
                Socket socket = open();
                write(socket, "GET / HTTP/1.1\r\nHost: loc");
                slow.add(socket);
            }
            assertTrue(answer("GET /", "localhost").startsWith("HTTP/1.1 200 "));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesWhatIsNoPort(int port) {
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> LoopbackServer.bind(port, "--ui", Map.of()));
        assertEquals("--ui must be a port from 0 (any free one) to 65535, found " + port, refusal.getMessage());
    }

    @Test
    void refusesAPortThatIsTaken() {
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> LoopbackServer.bind(port(), "--ui", Map.of()));
        assertTrue(refusal.getMessage().startsWith("--ui must name a port that is free, found " + port()));
    }
}
