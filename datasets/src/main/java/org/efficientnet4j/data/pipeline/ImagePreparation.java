package org.efficientnet4j.data.pipeline;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.Seeds;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.augment.ImageOperation;

/** What a worker does to one image: decode, frame, run the operations, copy the pixels out of native memory. */
record ImagePreparation(ImageSource source, PipelineOptions options, int epoch) {
    /** One image's outcome. */
    sealed interface Outcome permits Ready, Unreadable {}

    /** An image as the network will see it, but for normalisation. */
    static final class Ready implements Outcome {
        private final byte[] pixels;
        private final int label;

        Ready(byte[] pixels, int label) {
            this.pixels = pixels;
            this.label = label;
        }

        /** RGB, shape [size, size, 3]; not to be changed. */
        byte[] pixels() {
            return pixels;
        }

        /** Its class, or {@link ImageSource#UNLABELLED}. */
        int label() {
            return label;
        }
    }

    /**
     * An image that could not be read.
     *
     * @param image which and why
     * @param cause the error
     */
    record Unreadable(SkippedImage image, ImageReadException cause) implements Outcome {}

    // The scope is never named: it releases every matrix made on this thread until the block ends.
    @SuppressWarnings({"try", "unchecked"})
    Outcome prepare(int index) {
        try (PointerScope scope = new PointerScope()) {
            SplittableRandom random = Seeds.generator(options.seed(), index, epoch);
            Mat image = source.read(index);
            // Each step has a generator of its own, so that one step's draws never shift another's.
            Mat result = options.augmentation().framing().frame(image, options.target(), random.split());
            for (ImageOperation operation : options.augmentation().operations()) {
                result = operation.apply(result, random.split());
            }
            requireSize(result, index);
            return new Ready(RgbImages.toPixels(result), source.label(index));
        } catch (ImageReadException e) {
            return new Unreadable(new SkippedImage(index, source.id(index), e.reason()), e);
        }
    }

    private void requireSize(Mat image, int index) {
        int size = options.target().size();
        if (image.rows() != size || image.cols() != size) {
            throw new IllegalStateException("the augmentation policy must make %d x %d images, but made %d x %d of %s"
                    .formatted(size, size, image.rows(), image.cols(), source.id(index)));
        }
    }
}
