package org.efficientnet4j.data.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.efficientnet4j.data.ImageSource;

/**
 * Everything that happens to an image between decoder and network: one framing, then the operations in order, then, on the
 * whole batch, the batch operations in order. Immutable.
 *
 * @param framing how an image becomes a square
 * @param operations steps on each framed image
 * @param batchOperations steps on each normalised batch
 */
public record AugmentationPolicy(
        Framing framing, List<ImageOperation> operations, List<BatchOperation> batchOperations) {
    /** Copies the lists. */
    public AugmentationPolicy {
        Objects.requireNonNull(framing, "framing");
        operations = List.copyOf(operations);
        batchOperations = List.copyOf(batchOperations);
    }

    /**
     * No chance at all, as for evaluation: resize and centre crop.
     *
     * @return the policy
     */
    public static AugmentationPolicy none() {
        return builder().build();
    }

    /**
     * The usual training policy for photographs: random resized crop (area 8% to 100%, shape 3/4 to 4/3) and flip.
     *
     * @return the policy
     */
    public static AugmentationPolicy photographs() {
        return builder().framing(new RandomResizedCrop(0.08)).flip(0.5).build();
    }

    /**
     * The usual training policy for CIFAR and its like: a shift by up to 4 of 32 pixels (mirrored border) and flip.
     *
     * @return the policy
     */
    public static AugmentationPolicy smallImages() {
        return builder()
                .framing(new PadAndCrop(PadAndCrop.USUAL_PADDING, PadAndCrop.Border.REFLECT))
                .flip(0.5)
                .build();
    }

    /**
     * The training policy that suits a source's images.
     *
     * @param source the images
     * @return {@link #smallImages()} for a tightly framed source, else {@link #photographs()}
     */
    public static AugmentationPolicy recommendedFor(ImageSource source) {
        return source.tightlyFramed() ? smallImages() : photographs();
    }

    /**
     * This policy with a step on each image more, after the others.
     *
     * @param operation the step
     * @return the longer policy
     */
    public AugmentationPolicy and(ImageOperation operation) {
        List<ImageOperation> longer = new ArrayList<>(operations);
        longer.add(operation);
        return new AugmentationPolicy(framing, longer, batchOperations);
    }

    /**
     * This policy with a step on each batch more, after the others.
     *
     * @param operation the step
     * @return the longer policy
     */
    public AugmentationPolicy andOnBatches(BatchOperation operation) {
        List<BatchOperation> longer = new ArrayList<>(batchOperations);
        longer.add(operation);
        return new AugmentationPolicy(framing, operations, longer);
    }

    /**
     * Starts a policy that only resizes and centre-crops.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a policy's parts. */
    public static final class Builder {
        private Framing framing = new CentreCrop();
        private final List<ImageOperation> operations = new ArrayList<>();
        private final List<BatchOperation> batchOperations = new ArrayList<>();

        private Builder() {}

        /**
         * Sets how an image becomes a square; {@link CentreCrop} unless set.
         *
         * @param newFraming the framing
         * @return this
         */
        public Builder framing(Framing newFraming) {
            framing = newFraming;
            return this;
        }

        /**
         * Frames by a random resized crop with the usual shapes.
         *
         * @param minScale the least share of the image's area, above 0 up to 1
         * @return this
         */
        public Builder randomResizedCrop(double minScale) {
            return framing(new RandomResizedCrop(minScale));
        }

        /**
         * Adds a mirroring left to right.
         *
         * @param probability how often, 0 to 1
         * @return this
         */
        public Builder flip(double probability) {
            return operation(new HorizontalFlip(probability));
        }

        /**
         * Adds a step after those there are.
         *
         * @param operation the step
         * @return this
         */
        public Builder operation(ImageOperation operation) {
            operations.add(operation);
            return this;
        }

        /**
         * Adds a step on batches after those there are.
         *
         * @param operation the step
         * @return this
         */
        public Builder batchOperation(BatchOperation operation) {
            batchOperations.add(operation);
            return this;
        }

        /**
         * Makes the policy.
         *
         * @return the policy
         */
        public AugmentationPolicy build() {
            return new AugmentationPolicy(framing, operations, batchOperations);
        }
    }
}
