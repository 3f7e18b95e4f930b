package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.transpose;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * EXIF's orientation, 1 to 8: the turn by which a stored picture stands upright. OpenCV makes it by itself for JPEG and
 * TIFF; this is for PNG, whose eXIf chunk OpenCV ignores when it keeps transparency, and for WebP.
 *
 * <p>Source: CIPA DC-008 (Exif 2.3), tag 0x0112.
 *
 * @param value 1 (upright) to 8
 */
record ExifOrientation(int value) {
    private static final ExifOrientation UPRIGHT = new ExifOrientation(1);
    private static final int TAG_ORIENTATION = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    ExifOrientation {
        if (value < 1 || value > 8) {
            throw new IllegalArgumentException("an EXIF orientation is 1 to 8, but got " + value);
        }
    }

    /** The orientation of a file; one without any, or with damaged metadata, is taken as upright. */
    static ExifOrientation of(byte[] file, ImageFormat format) {
        return switch (format) {
            case PNG -> ofPng(file);
            case WEBP ->
                WebpChunks.find(file, "EXIF")
                        .map(chunk -> ofTiffHeader(withoutName(file, chunk)))
                        .orElse(UPRIGHT);
            case JPEG, TIFF, BMP, GIF, PNM, HEIF, UNKNOWN -> UPRIGHT;
        };
    }

    private static ExifOrientation ofPng(byte[] file) {
        int chunk = PngChunks.find(file, "eXIf");
        if (chunk < 0) {
            return UPRIGHT;
        }
        int length = ByteBuffer.wrap(file).getInt(chunk);
        return ofTiffHeader(ByteBuffer.wrap(file, chunk + 8, length).slice());
    }

    /** Some writers put JPEG's name of the segment before the data. */
    private static ByteBuffer withoutName(byte[] file, WebpChunks.Chunk chunk) {
        boolean named = ImageFormat.hasText(file, chunk.start(), "Exif\0\0");
        int start = Math.min(chunk.end(), chunk.start() + (named ? 6 : 0));
        return ByteBuffer.wrap(file, start, chunk.end() - start).slice();
    }

    private static ExifOrientation ofTiffHeader(ByteBuffer exif) {
        try {
            exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = exif.getInt(4);
            int entries = exif.getShort(directory) & 0xFFFF;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * ENTRY_BYTES;
                boolean isOrientation =
                        exif.getShort(entry) == TAG_ORIENTATION && exif.getShort(entry + 2) == TYPE_SHORT;
                int value = exif.getShort(entry + 8);
                if (isOrientation && value >= 1 && value <= 8) {
                    return new ExifOrientation(value);
                }
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            // Damaged metadata do not spoil the pixels.
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    /** A new matrix, upright, which the caller closes. */
    Mat applied(Mat image) {
        Mat result = image.clone();
        boolean swapsSides = value >= 5;
        if (swapsSides) {
            Mat transposed = new Mat();
            transpose(result, transposed);
            result.close();
            result = transposed;
        }
        // flip codes: 0 over the horizontal axis, 1 over the vertical axis, -1 both.
        switch (value) {
            case 2, 6 -> flip(result, result, 1);
            case 3, 7 -> flip(result, result, -1);
            case 4, 8 -> flip(result, result, 0);
            default -> {}
        }
        return result;
    }
}
