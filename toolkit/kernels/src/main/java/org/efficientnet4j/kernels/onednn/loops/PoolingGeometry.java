package org.efficientnet4j.kernels.onednn.loops;

import java.util.List;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.PoolingSettings.Window;

/** A pooling's windows in images of one size. */
public final class PoolingGeometry {
    private final boolean maximum;
    private final int width;
    private final int inputPixels;
    private final List<Window> rows;
    private final List<Window> columns;

    public PoolingGeometry(PoolingSettings settings, int height, int width) {
        this.maximum = settings.maximum();
        this.width = width;
        this.inputPixels = height * width;
        this.rows = settings.rows(height);
        this.columns = settings.columns(width);
    }

    /** True for maxima, false for means. */
    public boolean maximum() {
        return maximum;
    }

    /** Pixels of an input image. */
    public int inputPixels() {
        return inputPixels;
    }

    /** Windows of one image. */
    public int windows() {
        return rows.size() * columns.size();
    }

    /** Rows of windows. */
    public int outputHeight() {
        return rows.size();
    }

    /** Windows in a row. */
    public int outputWidth() {
        return columns.size();
    }

    /** The largest window's pixels. */
    public int largest() {
        return largest(rows) * largest(columns);
    }

    private static int largest(List<Window> windows) {
        return windows.stream()
                .mapToInt(window -> window.end() - window.first())
                .max()
                .orElse(0);
    }

    /**
     * Writes the indices of a window's pixels, row by row.
     *
     * @param window its index, row by row
     * @return how many they are
     */
    public int pixels(int window, int[] result) {
        Window vertical = rows.get(window / columns.size());
        Window horizontal = columns.get(window % columns.size());
        int count = 0;
        for (int row = vertical.first(); row < vertical.end(); row++) {
            for (int column = horizontal.first(); column < horizontal.end(); column++) {
                result[count++] = row * width + column;
            }
        }
        return count;
    }

    /** One over the number that a window's mean is divided by. */
    public float share(int window) {
        return 1f
                / (rows.get(window / columns.size()).counted()
                        * columns.get(window % columns.size()).counted());
    }
}
