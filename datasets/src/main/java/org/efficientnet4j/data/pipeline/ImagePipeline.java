package org.efficientnet4j.data.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.FrameTarget;
import org.efficientnet4j.data.augment.Interpolation;
import org.efficientnet4j.data.source.CachedSource;

/**
 * Turns a source into batches, one epoch at a time: shuffled, decoded and augmented by several threads, normalised.
 *
 * <p>The order of the images depends only on (seed, epoch), each image's pixels only on (seed, epoch, index), whatever the
 * number of workers. Immutable but for the list of skipped images; safe for several threads.
 */
public final class ImagePipeline {
    private final ImageSource source;
    private final PipelineOptions options;
    private final SkippedImages skipped = new SkippedImages();
    private final SpareBatches spare = new SpareBatches();

    private ImagePipeline(ImageSource source, PipelineOptions options) {
        this.source = source;
        this.options = options;
    }

    /**
     * Starts a pipeline over a source.
     *
     * @param source the images
     * @return a builder
     */
    public static Builder builder(ImageSource source) {
        return new Builder(source);
    }

    /**
     * One pass over the images. Its threads start at once and end with the pass, with {@link EpochIterator#close}, or when
     * the iterator is no longer reachable.
     *
     * @param epoch the epoch's number, 0 or more
     * @return batches with features float32 [N, C, size, size] in channels-last memory and labels one-hot [N, classes]
     */
    public EpochIterator epoch(int epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch's number must be 0 or more, but is " + epoch);
        }
        return new EpochIterator(() -> EpochRun.start(source, options, epoch, skipped, spare), options, source, spare);
    }

    /**
     * All epochs as one iterator, for DL4J's {@code fit} with a number of epochs, its early stopping and others that reset
     * their iterator between passes: the first pass is epoch 0, each reset goes on to the next, with its own order and
     * augmentation.
     *
     * @return an iterator over epoch 0
     */
    public EpochIterator iterator() {
        AtomicInteger next = new AtomicInteger();
        return new EpochIterator(
                () -> EpochRun.start(source, options, next.getAndIncrement(), skipped, spare), options, source, spare);
    }

    /**
     * The images the pipeline draws from.
     *
     * @return the source
     */
    public ImageSource source() {
        return source;
    }

    /**
     * How many batches an epoch has if no image is skipped.
     *
     * @return batches an epoch; the last may be smaller unless it is dropped
     */
    public int batchesPerEpoch() {
        int images = options.imagesPerEpoch() == PipelineOptions.ALL ? source.size() : options.imagesPerEpoch();
        int full = images / options.batch();
        boolean partial = images % options.batch() != 0 && !options.dropLast();
        return partial ? full + 1 : full;
    }

    /**
     * The images left out so far because they could not be read, each once, by index.
     *
     * @return a copy of the list
     */
    public List<SkippedImage> skipped() {
        Collection<SkippedImage> images = skipped.all();
        return List.copyOf(images);
    }

    /** Collects a pipeline's options. */
    public static final class Builder {
        private final ImageSource source;
        private int size = 224;
        private int batch = 32;
        private long seed;
        private int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int prefetch = 2;
        private AugmentationPolicy augmentation = AugmentationPolicy.none();
        private Normalization normalization = Normalization.IMAGENET;
        private int channels = ImageChannels.RGB;
        private double cropFraction;
        private Interpolation interpolation = Interpolation.BICUBIC;
        private boolean shuffle;
        private boolean strict;
        private boolean dropLast;
        private long cacheBytes;
        private boolean balanced;
        private int imagesPerEpoch = PipelineOptions.ALL;

        private Builder(ImageSource source) {
            this.source = Objects.requireNonNull(source, "source");
            this.cropFraction = defaultCropFraction(source);
        }

        /**
         * The side of the square images, in pixels; 224 unless set.
         *
         * @param value positive
         * @return this
         */
        public Builder size(int value) {
            size = value;
            return this;
        }

        /**
         * Images a batch; 32 unless set.
         *
         * @param value positive
         * @return this
         */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /**
         * Seed of the order and of the augmentation; 0 unless set.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Threads that decode and augment; one for each processor unless set. It changes the speed, never the images.
         *
         * @param value positive
         * @return this
         */
        public Builder workers(int value) {
            workers = value;
            return this;
        }

        /**
         * Batches made ahead of the consumer; 2 unless set.
         *
         * @param value positive
         * @return this
         */
        public Builder prefetch(int value) {
            prefetch = value;
            return this;
        }

        /**
         * Framing and augmentation of the images; resize and centre crop unless set.
         *
         * @param value the policy
         * @return this
         */
        public Builder augmentation(AugmentationPolicy value) {
            augmentation = value;
            return this;
        }

        /**
         * How pixels become numbers; ImageNet's mean and deviation unless set.
         *
         * @param value the normalisation
         * @return this
         */
        public Builder normalization(Normalization value) {
            normalization = value;
            return this;
        }

        /**
         * Sets the channels of the features.
         *
         * @param value 1 for luminance (ITU-R BT.601), 3 for RGB, 4 for RGB and alpha of sources that have it; 3 unless set
         * @return this builder
         */
        public Builder channels(int value) {
            channels = value;
            return this;
        }

        /**
         * For the centre crop, the share of the shorter side that is kept: the shorter side is resized to
         * {@code round(size / cropFraction)}. Unless set, 0.875 for photographs and 1 (the whole image) for tightly framed
         * sources.
         *
         * @param value above 0 up to 1
         * @return this
         */
        public Builder cropFraction(double value) {
            cropFraction = value;
            return this;
        }

        /**
         * How images are resized; bicubic unless set.
         *
         * @param value the interpolation
         * @return this
         */
        public Builder interpolation(Interpolation value) {
            interpolation = value;
            return this;
        }

        /**
         * Shuffling: each epoch visits the images in a random order of its own; off unless set.
         *
         * @param value true for training
         * @return this
         */
        public Builder shuffle(boolean value) {
            shuffle = value;
            return this;
        }

        /**
         * Strictness: an unreadable image ends the epoch with an error instead of being skipped; off unless set.
         *
         * @param value true to stop
         * @return this
         */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /**
         * Dropping of a last batch with fewer images; off unless set.
         *
         * @param value true to leave it out
         * @return this
         */
        public Builder dropLast(boolean value) {
            dropLast = value;
            return this;
        }

        /**
         * Images of an epoch; 0 (all) unless set. Otherwise an epoch goes on where the one before it ended, so that every
         * image has been seen as often as any other, give or take once. An image that an epoch meets twice looks the same
         * both times.
         *
         * @param value 0 or more, also more than the source has
         * @return this
         */
        public Builder imagesPerEpoch(int value) {
            imagesPerEpoch = value;
            return this;
        }

        /**
         * True to visit every class equally often, instead of every image once; false unless set. An epoch has as many
         * visits as the source has images, some of a large class's and several of each of a small one's, which are
         * augmented anew each time.
         *
         * @return this
         */
        public Builder balanced(boolean value) {
            balanced = value;
            return this;
        }

        /**
         * How many bytes of decoded images to keep in memory, so that later epochs need not decode them again; 0 (none)
         * unless set. Worth it for small sets of files; the images are the same either way.
         *
         * @param value 0 or more
         * @return this
         */
        public Builder cacheBytes(long value) {
            cacheBytes = value;
            return this;
        }

        /**
         * Makes the pipeline.
         *
         * @return the pipeline
         * @throws InvalidInputException if a setting is out of range or the source is empty
         */
        public ImagePipeline build() {
            if (source.size() == 0) {
                throw new InvalidInputException("there are no images in " + source.description());
            }
            FrameTarget target = new FrameTarget(size, cropFraction, interpolation);
            PipelineOptions options = new PipelineOptions(
                    target,
                    batch,
                    seed,
                    workers,
                    prefetch,
                    augmentation,
                    normalization,
                    channels,
                    shuffle,
                    balanced,
                    strict,
                    dropLast,
                    imagesPerEpoch);
            ImageSource images = cacheBytes == 0 ? source : new CachedSource(source, cacheBytes);
            return new ImagePipeline(images, options);
        }
    }

    /**
     * The crop fraction used where none is set.
     *
     * @param source the images
     * @return 1 for a tightly framed source, else 0.875
     */
    public static double defaultCropFraction(ImageSource source) {
        return source.tightlyFramed() ? 1.0 : 0.875;
    }
}
