package org.efficientnet4j.data.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The file format told by a file's first bytes, whatever its name says. */
enum ImageFormat {
    JPEG,
    PNG,
    BMP,
    WEBP,
    TIFF,
    PNM,
    GIF,
    HEIF,
    UNKNOWN;

    static ImageFormat of(byte[] file) {
        if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (startsWith(file, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return PNG;
        }
        if (startsWith(file, 'I', 'I', 42, 0) || startsWith(file, 'M', 'M', 0, 42)) {
            return TIFF;
        }
        if (startsWith(file, 'G', 'I', 'F', '8')) {
            return GIF;
        }
        if (startsWith(file, 'B', 'M')) {
            return BMP;
        }
        if (hasText(file, 0, "RIFF") && hasText(file, 8, "WEBP")) {
            return WEBP;
        }
        if (hasText(file, 4, "ftyp")) {
            return HEIF;
        }
        return file.length > 2 && file[0] == 'P' && file[1] >= '1' && file[1] <= '6' ? PNM : UNKNOWN;
    }

    private static boolean startsWith(byte[] file, int... bytes) {
        if (file.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((file[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean hasText(byte[] file, int offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        int end = offset + expected.length;
        return end <= file.length && Arrays.equals(file, offset, end, expected, 0, expected.length);
    }
}
