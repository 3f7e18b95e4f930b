package org.efficientnet4j.core.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A file's SHA-256.
 *
 * @param sha256 64 hexadecimal digits in lower case
 */
public record Checksum(String sha256) {
    /**
     * Checks the form and turns it to lower case.
     *
     * @throws InvalidInputException if it is not 64 hexadecimal digits
     */
    public Checksum {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidInputException("a SHA-256 has 64 hexadecimal digits, but got \"" + sha256 + "\"");
        }
    }

    /**
     * Computes a file's checksum.
     *
     * @param file the file
     * @return its checksum
     * @throws IOException if it cannot be read
     */
    public static Checksum of(Path file) throws IOException {
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Checksum(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
