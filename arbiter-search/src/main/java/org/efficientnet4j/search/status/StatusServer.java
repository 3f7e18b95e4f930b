package org.efficientnet4j.search.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.web.LoopbackServer;
import org.efficientnet4j.core.web.LoopbackServer.Page;

/**
 * A page that shows a running search, on this machine's loopback alone: {@code /} is the page, {@code /status.json} what it
 * asks for every second.
 */
public final class StatusServer implements AutoCloseable {
    /** Shows nothing. */
    public static final StatusServer NONE = new StatusServer(null);

    private final LoopbackServer server;

    private StatusServer(LoopbackServer server) {
        this.server = server;
    }

    /**
     * A server, not yet started.
     *
     * @param port 0 for a free one
     * @param status the search's state as JSON
     * @throws InvalidInputException if the port is taken or is none
     */
    public static StatusServer on(int port, Supplier<String> status) {
        String page = page();
        return new StatusServer(LoopbackServer.bind(
                port,
                "--ui",
                Map.of(
                        "/", new Page("text/html", () -> page),
                        "/status.json", new Page("application/json", status))));
    }

    /** The page's address; empty where there is no page. */
    public Optional<String> address() {
        return Optional.ofNullable(server).map(LoopbackServer::address);
    }

    /** Starts answering. */
    public void start() {
        if (server != null) {
            server.start();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private static String page() {
        try (InputStream file = StatusServer.class.getResourceAsStream("status.html")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
