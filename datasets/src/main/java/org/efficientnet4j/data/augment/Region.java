package org.efficientnet4j.data.augment;

/**
 * A rectangle of an image, in pixels.
 *
 * @param x the left column, 0 or more
 * @param y the top row, 0 or more
 * @param width columns, positive
 * @param height rows, positive
 */
public record Region(int x, int y, int width, int height) {
    /**
     * Checks the corner and the sides.
     *
     * @throws IllegalArgumentException if the corner is negative or a side is not positive
     */
    public Region {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a region needs x, y >= 0 and positive sides, but got x=%d, y=%d, %d x %d"
                            .formatted(x, y, width, height));
        }
    }

    /**
     * The region of given sides in the middle of an image.
     *
     * @param imageWidth the image's columns
     * @param imageHeight the image's rows
     * @param width columns, at most the image's
     * @param height rows, at most the image's
     * @return the region; where the margin is odd, the larger half is below and to the right
     */
    public static Region centred(int imageWidth, int imageHeight, int width, int height) {
        return new Region((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
    }
}
