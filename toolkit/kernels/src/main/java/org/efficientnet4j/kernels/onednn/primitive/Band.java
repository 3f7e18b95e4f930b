package org.efficientnet4j.kernels.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ConvolutionSettings;

/**
 * One thread's share of a convolution: some whole images, or some rows of one image with the rows of the input under
 * their kernels, a convolution of its own with the padding that is left at its edges.
 */
public record Band(
        int firstImage,
        int images,
        int firstInputRow,
        int inputRows,
        int padTop,
        int padBottom,
        int firstOutputRow,
        int outputRows) {

    /** Shares of equal size, as far as possible; images are cut into rows only where threads outnumber them. */
    public static List<Band> split(ConvolutionSettings settings, ImageShape shape, int threads, boolean cutImages) {
        List<Band> result = new ArrayList<>();
        int groups = Math.min(threads, shape.images());
        int parts = cutImages ? Math.min((threads + groups - 1) / groups, outputRows(settings, shape)) : 1;
        if (groups < shape.images()) {
            parts = 1;
        }
        for (int group = 0; group < groups; group++) {
            int first = share(shape.images(), group, groups);
            int count = share(shape.images(), group + 1, groups) - first;
            for (int part = 0; part < parts; part++) {
                result.add(band(settings, shape, first, count, part, parts));
            }
        }
        return result;
    }

    private static Band band(ConvolutionSettings s, ImageShape shape, int first, int count, int part, int parts) {
        int rows = outputRows(s, shape);
        return rows(s, shape, first, count, share(rows, part, parts), share(rows, part + 1, parts));
    }

    /** The output's rows {@code firstRow ... endRow - 1}, at least one, of some images. */
    public static Band rows(
            ConvolutionSettings s, ImageShape shape, int firstImage, int images, int firstRow, int endRow) {
        int start = firstRow * s.stride() - s.padBefore(shape.height());
        int end = start + (endRow - 1 - firstRow) * s.stride() + s.kernel();
        int from = Math.max(start, 0);
        int to = Math.min(end, shape.height());
        if (endRow - firstRow == outputRows(s, shape)) {
            from = 0;
            to = shape.height();
        }
        return new Band(
                firstImage,
                images,
                from,
                to - from,
                Math.max(-start, 0),
                Math.max(end - shape.height(), 0),
                firstRow,
                endRow - firstRow);
    }

    static int outputRows(ConvolutionSettings settings, ImageShape shape) {
        return settings.outputSize(shape.height());
    }

    /** Start of the {@code index}th of so many equal shares. */
    public static int share(int total, int index, int shares) {
        return (int) ((long) total * index / shares);
    }
}
