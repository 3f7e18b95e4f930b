package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;

/**
 * One step on a framed image. Implementations are immutable, safe for several threads, and take all chance from the
 * generator they are handed.
 */
@FunctionalInterface
public interface ImageOperation {
    /**
     * Transforms one image. The pipeline runs operations inside a JavaCPP {@code PointerScope}, which releases every
     * matrix made here; an operation that makes large intermediate ones may close them earlier.
     *
     * @param image 8-bit RGB, shape [size, size, 3]; may be changed in place
     * @param random this operation's generator for this image
     * @return the result, of the same shape and type: the same matrix or a new one
     */
    Mat apply(Mat image, RandomGenerator random);

    /**
     * The same on pixels in an array, which is how the pipeline carries them. Steps that work on arrays anyway spare the
     * way into native memory and back; others need not care.
     *
     * @param pixels 8-bit RGB, shape [size, size, 3]; may be changed in place
     * @param size the image's side
     * @param random this operation's generator for this image
     * @return the result, of the same shape: the same array or a new one
     * @throws IllegalStateException if the result has another shape
     */
    default byte[] applyToPixels(byte[] pixels, int size, RandomGenerator random) {
        try (Mat image = RgbImages.fromPixels(pixels, size, size);
                Mat result = apply(image, random)) {
            return RgbImages.toSquare(result, size);
        }
    }
}
