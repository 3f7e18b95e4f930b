package org.efficientnet4j.search.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A page that shows a running search, on this machine's loopback alone: {@code /} is the page, {@code /status.json} what it
 * asks for every second.
 */
public final class StatusServer implements AutoCloseable {
    /** Shows nothing. */
    public static final StatusServer NONE = new StatusServer(null);

    private final HttpServer server;

    private StatusServer(HttpServer server) {
        this.server = server;
    }

    /**
     * A server, not yet started.
     *
     * @param port 0 for a free one
     * @param status the search's state as JSON
     * @throws InvalidInputException if the port is taken
     */
    public static StatusServer on(int port, Supplier<String> status) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            String page = page();
            server.createContext("/", exchange -> {
                if (exchange.getRequestURI().getPath().equals("/")) {
                    answer(exchange, 200, "text/html", page);
                } else {
                    answer(exchange, 404, "text/plain", "Not found: the page is at /");
                }
            });
            server.createContext("/status.json", exchange -> answer(exchange, 200, "application/json", status.get()));
            return new StatusServer(server);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot serve the status page at port " + port + " (" + e.getMessage()
                            + "): name another --ui port",
                    e);
        }
    }

    /** Where the page is, once there is one. */
    public Optional<String> address() {
        return Optional.ofNullable(server)
                .map(running -> "http://127.0.0.1:" + running.getAddress().getPort() + "/");
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
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
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
