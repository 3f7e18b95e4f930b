package org.efficientnet4j.data.pipeline;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.Seeds;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.augment.ImageOperation;

/** Preparation of one image by a worker: decode, frame, run the operations. */
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

        /** Shape [size, size, C] with the pipeline's channels; not to be changed. */
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
    Outcome prepare(EpochOrder.Visit visit) {
        int index = visit.image();
        try (PointerScope scope = new PointerScope()) {
            byte[] pixels = augmented(source.read(index), visit);
            return new Ready(
                    switch (options.channels()) {
                        case 1 -> ImageChannels.luminance(pixels);
                        case ImageChannels.RGB -> pixels;
                        default -> ImageChannels.withAlpha(pixels, augmented(source.readAlpha(index), visit));
                    },
                    source.label(index));
        } catch (ImageReadException e) {
            return new Unreadable(new SkippedImage(index, source.id(index), e.reason()), e);
        }
    }

    /** Draws the same for every picture of an image, so that its alpha channel follows its colours. */
    private byte[] augmented(Mat image, EpochOrder.Visit visit) {
        SplittableRandom random = visit.repetition() == 0
                ? Seeds.generator(options.seed(), visit.image(), epoch)
                : Seeds.generator(options.seed(), visit.image(), epoch, visit.repetition());
        // Each step has a generator of its own, so that one step's draws never shift another's.
        byte[] pixels = options.augmentation().framing().framedPixels(image, options.target(), random.split());
        for (ImageOperation operation : options.augmentation().operations()) {
            pixels = operation.applyToPixels(pixels, options.target().size(), random.split());
        }
        requireSize(pixels, visit.image());
        return pixels;
    }

    private void requireSize(byte[] pixels, int index) {
        int size = options.target().size();
        if (pixels.length != size * size * 3) {
            throw new IllegalStateException(
                    "the augmentation policy must make %d bytes of a %d x %d image, but made %d of %s"
                            .formatted(size * size * 3, size, size, pixels.length, source.id(index)));
        }
    }
}
