package org.efficientnet4j.core.download;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Rules for addresses that files are fetched from: https, a host, no password, and a name for the file. Plain http is for
 * this machine's own servers, and for others where the user asks for it, since anyone on the way may read and delay it;
 * that nobody has changed the file, its checksum shows.
 */
public final class DownloadAddress {
    /** The environment variable that allows http: {@code true} or {@code 1}. */
    public static final String HTTP_VARIABLE = "EFFNET_ALLOW_HTTP";

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+://.*");
    private static final Set<String> YES = Set.of("1", "true", "yes");

    private DownloadAddress() {}

    /**
     * Tells whether a text is meant as an address rather than as a path.
     *
     * @param text what a user typed
     * @return true if it begins with a scheme of two letters or more and {@code ://}
     */
    public static boolean isAddress(String text) {
        return SCHEME.matcher(text).matches();
    }

    /**
     * Understands an address.
     *
     * @param text the address
     * @return the address, of a kind that {@link Downloader} fetches
     * @throws InvalidInputException if it is malformed, or not of such a kind
     */
    public static URI parse(String text) {
        try {
            URI address = new URI(text);
            require(address);
            return address;
        } catch (URISyntaxException e) {
            throw new InvalidInputException(
                    "An address must be well formed, found " + text + " (" + e.getReason() + "): check it", e);
        }
    }

    /**
     * Refuses an address of another kind.
     *
     * @param address the address
     * @throws InvalidInputException saying what is wrong with it
     */
    public static void require(URI address) {
        require(address, System.getenv());
    }

    static void require(URI address, Map<String, String> environment) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new InvalidInputException("An address must begin with https://, found " + address
                    + ": fetch the file by hand, and give its path");
        }
        if (address.getHost() == null || address.getHost().isEmpty()) {
            throw new InvalidInputException("An address must name a host, found " + address + ": check it");
        }
        if (address.getRawUserInfo() != null) {
            throw new InvalidInputException("An address must have no user name or password, found some before @"
                    + address.getHost() + ": fetch the file by hand, and give its path");
        }
        fileName(address);
        boolean allowed =
                YES.contains(environment.getOrDefault(HTTP_VARIABLE, "").strip().toLowerCase(Locale.ROOT));
        if (scheme.equals("http") && !allowed && !isThisMachine(address.getHost())) {
            throw new InvalidInputException("An address must begin with https://, found " + address
                    + ": use https, or set the environment variable " + HTTP_VARIABLE
                    + "=true if the server has no https");
        }
    }

    private static boolean isThisMachine(String host) {
        boolean literal = host.matches("[0-9.]+") || host.startsWith("[");
        if (!literal && !host.equalsIgnoreCase("localhost")) {
            return false; // no name but this one is looked up
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * The name of the file that an address means.
     *
     * @param address the address
     * @return the last part of its path
     * @throws InvalidInputException if that is empty, or no plain file name
     */
    public static String fileName(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean plain = !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw new InvalidInputException(
                    "An address must end in a file's name, found \"" + name + "\" in " + address + ": check it");
        }
        return name;
    }
}
