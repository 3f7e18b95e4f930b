package org.efficientnet4j.model;

import java.util.List;
import java.util.Objects;

/**
 * The data that a network was trained on, by which changed data is recognised.
 *
 * @param source the source as the command line takes it, with its paths in full
 * @param split the rule by which images were held out, {@code hash} or {@code shuffle}
 * @param validationFraction the share held out where the source had no parts of its own
 * @param seed of the split
 * @param train the images learnt from
 * @param validation the images held out
 */
public record TrainedData(
        String source, String split, double validationFraction, long seed, Part train, Part validation) {
    /** Checks that nothing is missing. */
    public TrainedData {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
    }

    /**
     * One half of the data.
     *
     * @param images how many images each class has, in the labels' order
     * @param sha256 SHA-256 over every image's key, size in bytes and label
     */
    public record Part(List<Integer> images, String sha256) {
        /** Copies the list. */
        public Part {
            images = List.copyOf(images);
            Objects.requireNonNull(sha256, "sha256");
        }

        /** The number of images of all classes. */
        public int total() {
            return images.stream().mapToInt(Integer::intValue).sum();
        }
    }
}
