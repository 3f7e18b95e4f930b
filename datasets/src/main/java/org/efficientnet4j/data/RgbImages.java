package org.efficientnet4j.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Moves pixels between Java arrays and OpenCV matrices: 8-bit RGB, rows of interleaved channels. */
public final class RgbImages {
    private RgbImages() {}

    /**
     * Copies pixels into a new matrix, which the caller closes.
     *
     * @param pixels {@code height * width * 3} bytes, shape [height, width, 3]
     * @param height rows, positive
     * @param width columns, positive
     * @return a new 8-bit RGB matrix
     * @throws IllegalArgumentException if the array's length does not fit
     */
    public static Mat fromPixels(byte[] pixels, int height, int width) {
        if (height < 1 || width < 1 || pixels.length != height * width * 3) {
            throw new IllegalArgumentException("pixels.length must be height * width * 3 with positive sides, but got "
                    + pixels.length + " bytes for " + height + " x " + width);
        }
        Mat image = new Mat(height, width, CV_8UC3);
        try (BytePointer data = image.data()) {
            data.put(pixels);
        }
        return image;
    }

    /**
     * Copies a matrix's pixels out.
     *
     * @param image 8-bit, three channels, rows of any stride
     * @return {@code height * width * 3} bytes, shape [height, width, 3]
     * @throws IllegalArgumentException if the matrix is empty or not 8-bit with three channels
     */
    public static byte[] toPixels(Mat image) {
        requireRgb(image);
        int rowBytes = image.cols() * 3;
        byte[] pixels = new byte[Math.multiplyExact(image.rows(), rowBytes)];
        try (BytePointer data = image.data()) {
            if (image.isContinuous()) {
                data.get(pixels);
            } else {
                long stride = image.step();
                for (int row = 0; row < image.rows(); row++) {
                    data.position(row * stride).get(pixels, row * rowBytes, rowBytes);
                }
            }
        }
        return pixels;
    }

    /**
     * Copies the pixels of what a policy made out.
     *
     * @param image 8-bit, three channels, rows of any stride
     * @param size the side it must have
     * @return {@code size * size * 3} bytes, shape [size, size, 3]
     * @throws IllegalStateException if it has other sides
     */
    public static byte[] toSquare(Mat image, int size) {
        if (image.rows() != size || image.cols() != size) {
            throw new IllegalStateException("an augmentation policy must make %d x %d images, but made %d x %d"
                    .formatted(size, size, image.rows(), image.cols()));
        }
        return toPixels(image);
    }

    /**
     * Refuses anything but a non-empty 8-bit matrix of three channels.
     *
     * @param image the matrix
     * @throws IllegalArgumentException if it is empty or of another type
     */
    public static void requireRgb(Mat image) {
        if (image.empty() || image.type() != CV_8UC3) {
            throw new IllegalArgumentException("an image must be a non-empty 8-bit matrix of 3 channels, but got "
                    + image.rows() + " x " + image.cols() + " of OpenCV type " + image.type());
        }
    }
}
