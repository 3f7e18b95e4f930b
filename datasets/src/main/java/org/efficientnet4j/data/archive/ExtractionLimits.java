package org.efficientnet4j.data.archive;

/**
 * How much an archive may unfold to; a larger one is refused before it fills the disk.
 *
 * @param entries how many files and folders, at most
 * @param bytes how many bytes in all, at most
 */
public record ExtractionLimits(int entries, long bytes) {
    /** A million entries, 64 GiB. */
    public static final ExtractionLimits DEFAULT = new ExtractionLimits(1_000_000, 64L << 30);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ExtractionLimits {
        if (entries < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "extraction limits must be positive, but are " + entries + " entries and " + bytes + " bytes");
        }
    }
}
