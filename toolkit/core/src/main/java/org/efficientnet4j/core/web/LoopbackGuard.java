package org.efficientnet4j.core.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule about requests to a server on the loopback: they read, and they name this machine. A page of another site can
 * make a browser here send requests, even under its own name that it lets resolve to 127.0.0.1; such are refused.
 */
public final class LoopbackGuard {
    /** The methods that are answered. */
    public static final List<String> METHODS = List.of("GET", "HEAD");

    /** Response headers of every answer: content is of the type it says, is never stored, and is shown in no other page. */
    public static final List<Header> HEADERS = List.of(
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("Cache-Control", "no-store"),
            new Header("Content-Security-Policy", "frame-ancestors 'none'"),
            new Header("Cross-Origin-Resource-Policy", "same-origin"));

    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:]*)(:[0-9]{1,5})?");
    private static final List<String> OWN_NAMES = List.of("127.0.0.1", "localhost", "[::1]");

    private static final int BAD_REQUEST = 400;
    static final int METHOD_NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;

    private LoopbackGuard() {}

    /**
     * A header of an answer.
     *
     * @param name its name
     * @param value its value
     */
    public record Header(String name, String value) {}

    /**
     * An answer to a request that is refused.
     *
     * @param status the HTTP status code
     * @param reason one line for whoever reads the answer
     */
    public record Refusal(int status, String reason) {}

    /**
     * The refusal of a request; empty for one that may be answered.
     *
     * @param method its method, as sent
     * @param host its Host header, null where it has none
     */
    public static Optional<Refusal> refusal(String method, String host) {
        if (host == null) {
            return Optional.of(new Refusal(BAD_REQUEST, "A request must have a Host header, found none."));
        }
        Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
        if (!parts.matches() || !OWN_NAMES.contains(parts.group(1))) {
            return Optional.of(new Refusal(MISDIRECTED, "This page is for this machine alone."));
        }
        if (!METHODS.contains(method)) {
            return Optional.of(
                    new Refusal(METHOD_NOT_ALLOWED, "The method must be GET or HEAD: this page is read-only."));
        }
        return Optional.empty();
    }
}
