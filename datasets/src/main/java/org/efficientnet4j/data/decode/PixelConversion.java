package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;

/** Conversion of a picture as OpenCV decodes it (grey, BGR or BGRA of 8 or 16 bits) to 8-bit channels. */
enum PixelConversion {
    /** The colours, over white where they are transparent. */
    RGB,
    /** The alpha channel, three times, so that it is handled as the colours are; 255 for an opaque pixel. */
    ALPHA;

    /**
     * Converts a picture.
     *
     * @param image stays as it is
     * @param id the image's name for messages
     * @return a new matrix of shape [height, width, 3], which the caller closes
     * @throws ImageReadException for other depths or channels, or a missing alpha channel
     */
    Mat of(Mat image, String id) throws ImageReadException {
        return switch (image.depth()) {
            case CV_8U -> ofBytes(image, id);
            case CV_16U -> {
                try (Mat bytes = new Mat()) {
                    image.convertTo(bytes, CV_8U, 255.0 / 65535.0, 0);
                    yield ofBytes(bytes, id);
                }
            }
            default ->
                throw new ImageReadException(
                        id, "only 8-bit and 16-bit images are supported; convert it to one of them");
        };
    }

    private Mat ofBytes(Mat bytes, String id) throws ImageReadException {
        return switch (this) {
            case RGB -> rgb(bytes, id);
            case ALPHA -> alpha(bytes, id);
        };
    }

    private static Mat rgb(Mat bytes, String id) throws ImageReadException {
        return switch (bytes.channels()) {
            case 1 -> recoloured(bytes, COLOR_GRAY2RGB);
            case 3 -> recoloured(bytes, COLOR_BGR2RGB);
            case 4 -> overWhite(bytes);
            default ->
                throw new ImageReadException(id, "an image of " + bytes.channels() + " channels is not supported");
        };
    }

    private static Mat alpha(Mat bytes, String id) throws ImageReadException {
        if (bytes.channels() != 4) {
            throw new ImageReadException(
                    id,
                    "it has no alpha channel (its channels: " + bytes.channels() + "), so train on 1 or 3 channels");
        }
        Mat image = new Mat(bytes.rows(), bytes.cols(), CV_8UC3);
        byte[] source = new byte[bytes.cols() * 4];
        byte[] alpha = new byte[bytes.cols() * 3];
        try (BytePointer from = bytes.data();
                BytePointer to = image.data()) {
            for (int row = 0; row < bytes.rows(); row++) {
                from.position(row * bytes.step()).get(source);
                for (int i = 0; i < alpha.length; i++) {
                    alpha[i] = source[i / 3 * 4 + 3];
                }
                to.position(row * image.step()).put(alpha);
            }
        }
        return image;
    }

    private static Mat recoloured(Mat bytes, int conversion) {
        Mat rgb = new Mat();
        cvtColor(bytes, rgb, conversion);
        return rgb;
    }

    /** BGRA over white: colour * alpha + 255 * (1 - alpha), rounded. */
    private static Mat overWhite(Mat bgra) {
        Mat image = new Mat(bgra.rows(), bgra.cols(), CV_8UC3);
        byte[] source = new byte[bgra.cols() * 4];
        byte[] rgb = new byte[bgra.cols() * 3];
        try (BytePointer from = bgra.data();
                BytePointer to = image.data()) {
            for (int row = 0; row < bgra.rows(); row++) {
                from.position(row * bgra.step()).get(source);
                for (int pixel = 0; pixel < bgra.cols(); pixel++) {
                    int alpha = source[pixel * 4 + 3] & 0xFF;
                    for (int channel = 0; channel < 3; channel++) {
                        int colour = source[pixel * 4 + 2 - channel] & 0xFF;
                        rgb[pixel * 3 + channel] = (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
                    }
                }
                to.position(row * image.step()).put(rgb);
            }
        }
        return image;
    }
}
