package org.efficientnet4j.data;

import java.util.Objects;

/**
 * An image left out because it could not be read.
 *
 * @param index its index in the source
 * @param id its name, as {@link ImageSource#id} gives it
 * @param reason why it could not be read
 */
public record SkippedImage(int index, String id, String reason) {
    /** Checks that name and reason are there. */
    public SkippedImage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }
}
