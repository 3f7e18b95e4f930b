package org.efficientnet4j.core.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.efficientnet4j.core.InvalidInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few pages on 127.0.0.1, read-only ({@link LoopbackGuard}). Up to {@value #THREADS} threads answer; a client that takes longer
 * than {@value #REQUEST_SECONDS} seconds to ask or to take its answer is cut off, so that slow ones hold
 * nobody up for long.
 */
public final class LoopbackServer implements AutoCloseable {
    static final int THREADS = 32;

    private static final int REQUEST_SECONDS = 10;
    private static final int MOST_CONNECTIONS = 64;
    private static final int LARGEST_PORT = 65_535;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final int NO_BODY = -1;

    private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);

    static {
        // The JDK's server reads its limits from properties alone; those that a user has set stand.
        setDefault("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        setDefault("sun.net.httpserver.maxRspTime", REQUEST_SECONDS);
        setDefault("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    }

    private final HttpServer server;
    private final ExecutorService threads = threads();

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /**
     * A page's content.
     *
     * @param type its media type, text in UTF-8
     * @param text its text, made anew for each request
     */
    public record Page(String type, Supplier<String> text) {}

    /**
     * A server, bound but not yet started.
     *
     * @param port 0 for a free one
     * @param flag the flag that names the port, for messages
     * @param pages what there is, by path ({@code /status.json})
     * @throws InvalidInputException if the port is taken or is none
     */
    public static LoopbackServer bind(int port, String flag, Map<String, Page> pages) {
        if (port < 0 || port > LARGEST_PORT) {
            throw new InvalidInputException(
                    flag + " must be a port from 0 (any free one) to " + LARGEST_PORT + ", found " + port);
        }
        Map<String, Page> served = Map.copyOf(pages);
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            LoopbackServer server = new LoopbackServer(http);
            http.setExecutor(server.threads);
            http.createContext("/", exchange -> answer(exchange, served));
            return server;
        } catch (IOException e) {
            throw new InvalidInputException(
                    flag + " must name a port that is free, found " + port + " (" + e.getMessage()
                            + "): name another, or 0 for any free one",
                    e);
        }
    }

    private static void setDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                REQUEST_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                LoopbackServer::thread);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "loopback-server");
        thread.setDaemon(true);
        return thread;
    }

    /** The address of the page at {@code /}. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Starts answering. */
    public void start() {
        server.start();
    }

    /** Ends; the address answers no more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Map<String, Page> pages) throws IOException {
        try (exchange) {
            Optional<LoopbackGuard.Refusal> refusal = LoopbackGuard.refusal(
                    exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Host"));
            Page page = pages.get(exchange.getRequestURI().getPath());
            if (refusal.isPresent()) {
                send(
                        exchange,
                        refusal.get().status(),
                        "text/plain",
                        refusal.get().reason());
            } else if (page == null) {
                send(exchange, NOT_FOUND, "text/plain", "Not found: the page is at /");
            } else {
                send(exchange, page);
            }
        }
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        String text;
        try {
            text = page.text().get();
        } catch (RuntimeException e) { // the search or training goes on, and so does the page
            log.warn("The page {} could not be made", exchange.getRequestURI().getPath(), e);
            send(exchange, SERVER_ERROR, "text/plain", "The page could not be made; the log tells why.");
            return;
        }
        send(exchange, OK, page.type(), text);
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LoopbackGuard.HEADERS.forEach(header -> exchange.getResponseHeaders().set(header.name(), header.value()));
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        if (code == LoopbackGuard.METHOD_NOT_ALLOWED) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", LoopbackGuard.METHODS));
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(code, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
