package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.data.ImageReadException;

/**
 * Decodes an image file to upright 8-bit RGB.
 *
 * <p>Greyscale becomes three equal channels; CMYK and YCCK JPEG are converted (inverted values, as Adobe writes them);
 * palettes are resolved; transparency is laid over white, since a transparent pixel's own colour is arbitrary; 16-bit
 * channels are scaled by 255/65535 and rounded; the EXIF orientation is undone. Of several pictures in a file (pages of a
 * TIFF, frames of an animation) the first one is read. The format is told from the content, not from the name.
 *
 * <p>An image of more than 178,956,970 pixels is refused by its header, unless the environment variable
 * {@code EFFNET_MAX_PIXELS} or the system property {@code efficientnet4j.maxPixels} says otherwise.
 */
public final class ImageDecoder {
    private static final Set<String> EXTENSIONS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "webp", "tif", "tiff", "ppm", "pgm", "pnm", "gif", "heic",
            "avif");

    /** Somewhat less than the largest array. */
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 64L;

    private ImageDecoder() {}

    /**
     * Tells whether a file's name has an image's extension. Formats known but not supported (HEIC, AVIF) count too: such
     * a file is named when it is read rather than overlooked.
     *
     * @param file the file
     * @return whether its extension is one of an image, in upper or lower case
     */
    public static boolean isImageName(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return false;
        }
        String text = name.toString();
        int dot = text.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Reads and decodes a file.
     *
     * @param file the file
     * @return a new matrix of 8-bit RGB, shape [height, width, 3], which the caller closes
     * @throws ImageReadException if the file is missing, damaged or of an unsupported format
     */
    public static Mat read(Path file) throws ImageReadException {
        return decode(content(file), file.toString());
    }

    /**
     * Reads and decodes a file's alpha channel.
     *
     * @param file the file
     * @return a new 8-bit matrix of three equal channels, 255 for an opaque pixel, shape [height, width, 3], which the
     *     caller closes
     * @throws ImageReadException if the file is missing, damaged, of an unsupported format or without an alpha channel
     */
    public static Mat readAlpha(Path file) throws ImageReadException {
        return decoded(content(file), file.toString(), PixelConversion.ALPHA);
    }

    private static byte[] content(Path file) throws ImageReadException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ImageReadException(file.toString(), "the file is larger than 2 GB");
            }
            return Files.readAllBytes(file);
        } catch (ImageReadException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageReadException(file.toString(), FileErrors.reason(e), e);
        }
    }

    /**
     * Decodes a file's content.
     *
     * @param content the bytes of an image file
     * @param id the image's name for messages
     * @return a new matrix of 8-bit RGB, shape [height, width, 3], which the caller closes
     * @throws ImageReadException if the content is damaged or of an unsupported format
     */
    public static Mat decode(byte[] content, String id) throws ImageReadException {
        return decoded(content, id, PixelConversion.RGB);
    }

    private static Mat decoded(byte[] content, String id, PixelConversion conversion) throws ImageReadException {
        ImageFormat format = ImageFormat.of(content);
        Optional<String> refusal = FileChecks.refusal(content, format);
        if (refusal.isPresent()) {
            throw new ImageReadException(id, refusal.get());
        }
        PixelLimit.require(ImageHeader.size(content, format), id);
        try {
            return switch (format) {
                case GIF -> {
                    if (conversion == PixelConversion.ALPHA) {
                        throw new ImageReadException(id, "a GIF's transparency is not read: convert it to PNG");
                    }
                    yield GifPicture.read(content, id);
                }
                case WEBP -> firstOfWebp(content, id, conversion);
                case PNG -> {
                    try (Mat decoded = decoded(content, IMREAD_UNCHANGED, format, id)) {
                        GreyTransparency.whiten(decoded, content);
                        yield upright(decoded, content, format, id, conversion);
                    }
                }
                // Only the colour mode turns a JPEG upright, and only the unchanged mode keeps alpha and 16 bits.
                case JPEG -> convertAndClose(decoded(content, IMREAD_COLOR, format, id), id, conversion);
                case TIFF, BMP, PNM, HEIF, UNKNOWN ->
                    convertAndClose(decoded(content, IMREAD_UNCHANGED, format, id), id, conversion);
            };
        } catch (ImageReadException e) {
            throw e;
        } catch (IOException e) {
            throw new ImageReadException(id, "the " + format + " data are damaged (" + e.getMessage() + ")", e);
        } catch (RuntimeException e) {
            // OpenCV reports its own failures (such as a size over its limits) as RuntimeException.
            throw new ImageReadException(id, "the " + format + " data cannot be decoded (" + e.getMessage() + ")", e);
        }
    }

    /** The picture as OpenCV decodes it, not empty. */
    private static Mat decoded(byte[] content, int mode, ImageFormat format, String id) throws ImageReadException {
        try (BytePointer bytes = new BytePointer(content);
                Mat encoded = new Mat(1, content.length, CV_8UC1, bytes)) {
            Mat decoded = imdecode(encoded, mode);
            if (decoded.empty()) {
                decoded.close();
                throw new ImageReadException(id, "the " + format + " data are damaged");
            }
            return decoded;
        }
    }

    private static Mat firstOfWebp(byte[] content, String id, PixelConversion conversion) throws ImageReadException {
        Optional<WebpChunks.Frame> frame = WebpChunks.firstFrame(content);
        byte[] still = frame.map(first -> first.still(content)).orElse(content);
        PixelLimit.require(ImageHeader.size(still, ImageFormat.WEBP), id); // a frame may claim more than its canvas
        try (Mat decoded = decoded(still, IMREAD_UNCHANGED, ImageFormat.WEBP, id)) {
            if (frame.isEmpty()) {
                return upright(decoded, content, ImageFormat.WEBP, id, conversion);
            }
            try (Mat canvas = frame.get().onCanvas(decoded)) {
                return upright(canvas, content, ImageFormat.WEBP, id, conversion);
            }
        }
    }

    private static Mat upright(Mat decoded, byte[] content, ImageFormat format, String id, PixelConversion conversion)
            throws ImageReadException {
        return convertAndClose(ExifOrientation.of(content, format).applied(decoded), id, conversion);
    }

    private static Mat convertAndClose(Mat image, String id, PixelConversion conversion) throws ImageReadException {
        try (image) {
            return conversion.of(image, id);
        }
    }
}
