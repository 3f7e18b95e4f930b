package org.efficientnet4j.data.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the decoders would let pass in silence: a JPEG cut short (decoded with a grey rest), and animations (decoded as
 * their first frame). Each check answers the reason for refusal, or nothing.
 */
final class FileChecks {
    private static final int MARKER_START_OF_SCAN = 0xDA;
    private static final int MARKER_END_OF_IMAGE = 0xD9;
    private static final int PNG_SIGNATURE_LENGTH = 8;
    private static final int WEBP_ANIMATION_FLAG = 0x02;

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
            case PNG -> pngIsAnimated(file) ? animated("PNG") : Optional.empty();
            case WEBP -> webpIsAnimated(file) ? animated("WebP") : Optional.empty();
            case GIF -> Optional.of("GIF is not supported; convert it to PNG or JPEG");
            case HEIF -> Optional.of("HEIC and AVIF are not supported; convert it to PNG or JPEG");
            case UNKNOWN ->
                Optional.of("not an image of a supported format (JPEG, PNG, WebP, TIFF, BMP, PNM); it starts with "
                        + firstBytes(file));
            case TIFF, BMP, PNM -> Optional.empty();
        };
    }

    private static Optional<String> animated(String format) {
        return Optional.of("an animated " + format + " is not supported; save one frame as a still image");
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

    /** An animated PNG has an acTL chunk before its first image data. */
    private static boolean pngIsAnimated(byte[] file) {
        long at = PNG_SIGNATURE_LENGTH;
        while (at + 8 <= file.length) {
            int position = (int) at;
            if (ImageFormat.hasText(file, position + 4, "acTL")) {
                return true;
            }
            if (ImageFormat.hasText(file, position + 4, "IDAT")) {
                return false;
            }
            at += 12 + bigEndian(file, position);
        }
        return false;
    }

    private static long bigEndian(byte[] file, int at) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (file[at + i] & 0xFF);
        }
        return value;
    }

    private static boolean webpIsAnimated(byte[] file) {
        return ImageFormat.hasText(file, 12, "VP8X") && file.length > 20 && (file[20] & WEBP_ANIMATION_FLAG) != 0;
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
