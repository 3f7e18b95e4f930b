package org.efficientnet4j.explain;

/** Saliency map: a number for each cell of a grid over an image. */
public final class SaliencyMap {
    private final int height;
    private final int width;
    private final float[] values;

    /**
     * A map.
     *
     * @param height rows
     * @param width columns
     * @param values row by row, copied
     * @throws IllegalArgumentException unless there is a value for each place
     */
    public SaliencyMap(int height, int width, float[] values) {
        if (values.length != height * width) {
            throw new IllegalArgumentException(
                    "A map of " + height + " x " + width + " must have as many values, found " + values.length);
        }
        this.height = height;
        this.width = width;
        this.values = values.clone();
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** The values, row by row; a copy. */
    public float[] values() {
        return values.clone();
    }

    /** The largest value. */
    public float largest() {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /**
     * The value at a place of the image, between the centres of the map's cells in proportion to their distance (bilinear).
     *
     * @param row from 0 at the upper edge to 1 at the lower
     * @param column from 0 at the left edge to 1 at the right
     */
    public float at(double row, double column) {
        double y = Math.max(0, Math.min(height - 1.0, row * height - 0.5));
        double x = Math.max(0, Math.min(width - 1.0, column * width - 0.5));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(height - 1, top + 1);
        int right = Math.min(width - 1, left + 1);
        double down = y - top;
        double across = x - left;
        double above = value(top, left) * (1 - across) + value(top, right) * across;
        double below = value(bottom, left) * (1 - across) + value(bottom, right) * across;
        return (float) (above * (1 - down) + below * down);
    }

    private float value(int row, int column) {
        return values[row * width + column];
    }
}
