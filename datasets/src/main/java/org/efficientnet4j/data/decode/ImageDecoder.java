package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

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
import org.efficientnet4j.data.RgbImages;

/**
 * Decodes an image file to upright 8-bit RGB.
 *
 * <p>Greyscale becomes three equal channels; CMYK and YCCK JPEG are converted (inverted values, as Adobe writes them);
 * palettes are resolved; transparency is laid over white, since a transparent pixel's own colour is arbitrary; 16-bit
 * channels are scaled by 255/65535 and rounded; the EXIF orientation of JPEG and PNG is undone. The format is told from
 * the content, not from the name.
 */
public final class ImageDecoder {
    private static final Set<String> EXTENSIONS = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "webp", "tif", "tiff", "ppm", "pgm", "pnm", "gif", "heic",
            "avif");

    private ImageDecoder() {}

    /**
     * Whether a file's name has an image's extension. Formats known but not supported (GIF, HEIC, AVIF) count too: such
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
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ImageReadException(file.toString(), FileErrors.reason(e), e);
        }
        return decode(content, file.toString());
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
        ImageFormat format = ImageFormat.of(content);
        Optional<String> refusal = FileChecks.refusal(content, format);
        if (refusal.isPresent()) {
            throw new ImageReadException(id, refusal.get());
        }
        // Only the colour mode turns a JPEG upright, and only the unchanged mode keeps alpha and 16 bits.
        boolean alphaPossible = format != ImageFormat.JPEG;
        try (BytePointer bytes = new BytePointer(content);
                Mat encoded = new Mat(1, content.length, CV_8UC1, bytes);
                Mat decoded = imdecode(encoded, alphaPossible ? IMREAD_UNCHANGED : IMREAD_COLOR)) {
            if (decoded.empty()) {
                throw new ImageReadException(id, "the " + format + " data are damaged");
            }
            if (format != ImageFormat.PNG) {
                return toRgb(decoded, id);
            }
            try (Mat upright = ExifOrientation.ofPng(content).applied(decoded)) {
                return toRgb(upright, id);
            }
        } catch (RuntimeException e) {
            // OpenCV reports its own failures (such as a size over its limits) as RuntimeException.
            throw new ImageReadException(id, "the " + format + " data cannot be decoded (" + e.getMessage() + ")", e);
        }
    }

    private static Mat toRgb(Mat image, String id) throws ImageReadException {
        return switch (image.depth()) {
            case CV_8U -> bytesToRgb(image, id);
            case CV_16U -> {
                try (Mat bytes = new Mat()) {
                    image.convertTo(bytes, CV_8U, 255.0 / 65535.0, 0);
                    yield bytesToRgb(bytes, id);
                }
            }
            default ->
                throw new ImageReadException(
                        id, "only 8-bit and 16-bit images are supported; convert it to one of them");
        };
    }

    private static Mat bytesToRgb(Mat bytes, String id) throws ImageReadException {
        return switch (bytes.channels()) {
            case 1 -> converted(bytes, COLOR_GRAY2RGB);
            case 3 -> converted(bytes, COLOR_BGR2RGB);
            case 4 -> overWhite(bytes);
            default ->
                throw new ImageReadException(id, "an image of " + bytes.channels() + " channels is not supported");
        };
    }

    private static Mat converted(Mat bytes, int conversion) {
        Mat rgb = new Mat();
        cvtColor(bytes, rgb, conversion);
        return rgb;
    }

    /** BGRA over white: colour * alpha + 255 * (1 - alpha), rounded. */
    private static Mat overWhite(Mat bgra) {
        int height = bgra.rows();
        int width = bgra.cols();
        byte[] source = new byte[height * width * 4];
        try (BytePointer data = bgra.data()) {
            data.get(source);
        }
        byte[] rgb = new byte[height * width * 3];
        for (int pixel = 0; pixel < height * width; pixel++) {
            int alpha = source[pixel * 4 + 3] & 0xFF;
            for (int channel = 0; channel < 3; channel++) {
                int colour = source[pixel * 4 + 2 - channel] & 0xFF;
                rgb[pixel * 3 + channel] = (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return RgbImages.fromPixels(rgb, height, width);
    }
}
