package org.efficientnet4j.data.decode;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an image's size from the first bytes of its file. */
final class ImageHeader {
    private static final Pattern PNM =
            Pattern.compile("^P[1-6](?:\\s|#[^\\n]*\\n)+(\\d{1,9})(?:\\s|#[^\\n]*\\n)+(\\d{1,9})\\s");
    private static final int PNM_HEADER_BYTES = 4096;
    private static final int TIFF_WIDTH = 256;
    private static final int TIFF_HEIGHT = 257;
    private static final int TIFF_SHORT = 3;

    private ImageHeader() {}

    /**
     * An image's size.
     *
     * @param width in pixels
     * @param height in pixels
     */
    record Size(long width, long height) {
        long pixels() {
            return width * height;
        }
    }

    /** The size that a file claims; of several pictures or frames the first one's. Empty for a damaged header. */
    static Optional<Size> size(byte[] file, ImageFormat format) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return switch (format) {
                case JPEG -> jpeg(bytes.order(ByteOrder.BIG_ENDIAN));
                case PNG -> {
                    bytes.order(ByteOrder.BIG_ENDIAN);
                    yield size(unsigned(bytes.getInt(16)), unsigned(bytes.getInt(20)));
                }
                case GIF -> size(bytes.getShort(6) & 0xFFFF, bytes.getShort(8) & 0xFFFF);
                case BMP -> bmp(bytes);
                case WEBP -> webp(bytes, file);
                case TIFF -> tiff(bytes.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
                case PNM -> pnm(file);
                case HEIF, UNKNOWN -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty(); // the decoder says what is wrong
        }
    }

    private static Optional<Size> size(long width, long height) {
        return Optional.of(new Size(width, height));
    }

    private static long unsigned(int value) {
        return value & 0xFFFFFFFFL;
    }

    /** Walks the segments to the frame header, SOF0 to SOF15 without the tables among them. */
    private static Optional<Size> jpeg(ByteBuffer file) {
        int at = 2;
        while (true) {
            int marker = file.get(at) == (byte) 0xFF ? file.get(at + 1) & 0xFF : 0;
            boolean isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (isFrame) {
                return size(file.getShort(at + 7) & 0xFFFF, file.getShort(at + 5) & 0xFFFF);
            }
            boolean isSegment = marker > 0x01 && marker != 0xFF && !(marker >= 0xD0 && marker <= 0xD8);
            at += isSegment ? 2 + (file.getShort(at + 2) & 0xFFFF) : 1;
        }
    }

    private static Optional<Size> bmp(ByteBuffer file) {
        boolean old = file.getInt(14) == 12; // a BITMAPCOREHEADER
        return old
                ? size(file.getShort(18) & 0xFFFF, file.getShort(20) & 0xFFFF)
                : size(Math.abs((long) file.getInt(18)), Math.abs((long) file.getInt(22)));
    }

    /** Source: RFC 9649, section 2 (VP8X, VP8L) and RFC 6386, section 9.1 (VP8). */
    private static Optional<Size> webp(ByteBuffer file, byte[] bytes) {
        if (ImageFormat.hasText(bytes, 12, "VP8X")) {
            return size(1 + number24(file, 24), 1 + number24(file, 27));
        }
        if (ImageFormat.hasText(bytes, 12, "VP8L")) {
            int bits = file.getInt(21);
            return size(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }
        return size(file.getShort(26) & 0x3FFF, file.getShort(28) & 0x3FFF);
    }

    static int number24(ByteBuffer file, int at) {
        return (file.get(at) & 0xFF) | (file.get(at + 1) & 0xFF) << 8 | (file.get(at + 2) & 0xFF) << 16;
    }

    /** The first directory's entries. Source: TIFF 6.0, sections 2 and 8. */
    private static Optional<Size> tiff(ByteBuffer file) {
        int directory = file.getInt(4);
        int entries = file.getShort(directory) & 0xFFFF;
        long width = 0;
        long height = 0;
        for (int entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
            long value = (file.getShort(entry + 2) == TIFF_SHORT
                    ? file.getShort(entry + 8) & 0xFFFF
                    : unsigned(file.getInt(entry + 8)));
            switch (file.getShort(entry) & 0xFFFF) {
                case TIFF_WIDTH -> width = value;
                case TIFF_HEIGHT -> height = value;
                default -> {}
            }
        }
        return size(width, height);
    }

    private static Optional<Size> pnm(byte[] file) {
        Matcher header =
                PNM.matcher(new String(file, 0, Math.min(file.length, PNM_HEADER_BYTES), StandardCharsets.ISO_8859_1));
        return header.find()
                ? size(Long.parseLong(header.group(1)), Long.parseLong(header.group(2)))
                : Optional.empty();
    }
}
