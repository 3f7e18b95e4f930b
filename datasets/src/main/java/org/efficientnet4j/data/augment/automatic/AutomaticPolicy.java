package org.efficientnet4j.data.augment.automatic;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.augment.ImageOperation;

/** A step that draws its operations, and can say which. */
public interface AutomaticPolicy extends ImageOperation {
    /**
     * As {@link #applyToPixels(byte[], int, RandomGenerator)}.
     *
     * @param pixels 8-bit RGB, shape [size, size, 3]; left as they are
     * @param size the image's side
     * @param random this step's generator for this image
     * @param told the published name of each operation that was done, in order
     * @return the result, of the same shape: a new array, or the same one where nothing was done
     */
    byte[] applyToPixels(byte[] pixels, int size, RandomGenerator random, Consumer<String> told);

    /**
     * As {@link #apply(Mat, RandomGenerator)}.
     *
     * @param image 8-bit RGB, shape [size, size, 3]; left as it is
     * @param random this step's generator for this image
     * @param told the published name of each operation that was done, in order
     * @return a new matrix of the same shape
     */
    default Mat apply(Mat image, RandomGenerator random, Consumer<String> told) {
        int size = image.rows();
        return RgbImages.fromPixels(applyToPixels(RgbImages.toPixels(image), size, random, told), size, size);
    }

    @Override
    default Mat apply(Mat image, RandomGenerator random) {
        return apply(image, random, name -> {});
    }

    @Override
    default byte[] applyToPixels(byte[] pixels, int size, RandomGenerator random) {
        return applyToPixels(pixels, size, random, name -> {});
    }
}
