package org.efficientnet4j.data.decode;

import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageReadException;

/**
 * The largest image that is decoded, told by its header: a small file may claim a size that takes gigabytes.
 *
 * @param pixels width times height at most
 */
record PixelLimit(long pixels) {
    /** Pillow's: twice a quarter of a gigabyte of 24-bit pixels, from which on it refuses an image. */
    static final PixelLimit DEFAULT = new PixelLimit(178_956_970);

    /** The environment variable that raises it. */
    static final String VARIABLE = "EFFNET_MAX_PIXELS";

    /** The system property that raises it, and wins. */
    static final String PROPERTY = "efficientnet4j.maxPixels";

    PixelLimit {
        if (pixels < 1) {
            throw new InvalidInputException("The largest image must have at least 1 pixel, found " + pixels
                    + ": correct " + VARIABLE + " or -D" + PROPERTY);
        }
    }

    /** The limit of this process. */
    static PixelLimit locate() {
        return locate(System.getenv(), Optional.ofNullable(System.getProperty(PROPERTY)));
    }

    static PixelLimit locate(Map<String, String> environment, Optional<String> property) {
        Optional<String> text = property.or(() -> Optional.ofNullable(environment.get(VARIABLE)))
                .filter(value -> !value.isBlank());
        try {
            return text.map(value -> new PixelLimit(Long.parseLong(value.strip().replace("_", ""))))
                    .orElse(DEFAULT);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "The largest image must be a number of pixels, found \"" + text.orElse("") + "\": correct "
                            + VARIABLE + " or -D" + PROPERTY,
                    e);
        }
    }

    /** The reason for refusing a file, or nothing. */
    Optional<String> refusal(Optional<ImageHeader.Size> size) {
        return size.filter(found -> found.pixels() > pixels)
                .map(found ->
                        "it must have at most %,d pixels, found %,d x %,d; if it is meant to be that large, raise the limit by the environment variable %s (or -D%s)"
                                .formatted(pixels, found.width(), found.height(), VARIABLE, PROPERTY));
    }

    /**
     * Checks a size against the limit of this process.
     *
     * @param id the image's name for messages
     * @throws ImageReadException if it is too large
     */
    static void require(Optional<ImageHeader.Size> size, String id) throws ImageReadException {
        Optional<String> refusal = locate().refusal(size);
        if (refusal.isPresent()) {
            throw new ImageReadException(id, refusal.get());
        }
    }
}
