package org.efficientnet4j.data.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Checks for faults that the decoders would pass in silence, such as a JPEG cut short, which they decode with a grey rest.
 * Each check answers the reason for refusal, or nothing.
 */
final class FileChecks {
    private static final int MARKER_START_OF_SCAN = 0xDA;
    private static final int MARKER_END_OF_IMAGE = 0xD9;

    private FileChecks() {}

    static Optional<String> refusal(byte[] file, ImageFormat format) {
        if (file.length == 0) {
            return Optional.of("the file is empty");
        }
        return switch (format) {
            case JPEG ->
                jpegIsWhole(file)
                        ? Optional.empty()
                        : Optional.of("the JPEG is cut short: it ends before its end-of-image marker");
            case HEIF -> Optional.of("HEIC and AVIF are not supported; convert it to PNG or JPEG");
            case UNKNOWN ->
                Optional.of("not an image of a supported format (JPEG, PNG, WebP, TIFF, BMP, GIF, PNM); it starts with "
                        + firstBytes(file));
            case PNG, WEBP, GIF, TIFF, BMP, PNM -> Optional.empty();
        };
    }

    /** Walks the JPEG's segments; entropy-coded data follows a scan header, where only {@code FF 00} and restarts stand. */
    private static boolean jpegIsWhole(byte[] file) {
        int at = 2;
        while (at + 1 < file.length) {
            if ((file[at] & 0xFF) != 0xFF) {
                at++;
                continue;
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == MARKER_END_OF_IMAGE) {
                return true;
            }
            boolean standsAlone = marker == 0 || marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
            if (standsAlone) {
                at += marker == 0xFF ? 1 : 2;
            } else if (at + 3 < file.length) {
                at += 2 + (((file[at + 2] & 0xFF) << 8) | (file[at + 3] & 0xFF));
            } else {
                return false;
            }
            if (marker == MARKER_START_OF_SCAN) {
                at = endOfScan(file, at);
            }
        }
        return false;
    }

    private static int endOfScan(byte[] file, int from) {
        for (int at = from; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xFF && file[at + 1] != 0) {
                return at;
            }
        }
        return file.length;
    }

    private static String firstBytes(byte[] file) {
        int shown = Math.min(file.length, 8);
        String text = new String(file, 0, shown, StandardCharsets.ISO_8859_1);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            hex.append(i == 0 ? "" : " ").append(String.format("%02x", file[i] & 0xFF));
        }
        boolean printable = text.chars().allMatch(c -> c >= 32 && c < 127);
        return printable ? "\"" + text + "\"" : hex.toString();
    }
}
