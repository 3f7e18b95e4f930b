package org.efficientnet4j.kernels.onednn.winograd;

import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Operands;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Transform;

/**
 * Images and their tiles of four by four outputs. The tiles' values at the 36 points are matrices
 * {@code [36, tiles, channels]}, row by row of tiles. A row of tiles is transformed along the columns all at once, into a
 * strip, and from there along the rows, tile by tile.
 */
final class WinogradTiles {
    /** Outputs of a tile, each way. */
    static final int OUTPUTS = 4;

    /** Points, each way. */
    static final int POINTS = 6;

    private static final long LINE_POINTS = POINTS;

    /** Between the matrices of two points: processors' caches do not take distances of powers of two well. */
    private static final long GAP_BYTES = 64;

    private final WinogradLoops loops;
    private final Plane source;
    private final Plane target;
    private final int padTop;
    private final int padLeft;
    private final int tilesDown;
    private final int tilesAcross;

    /**
     * The tiles of a convolution.
     *
     * @param source its input
     * @param target its output
     * @param padTop rows of zeros above the input
     * @param padLeft columns of zeros before the input
     */
    WinogradTiles(WinogradLoops loops, Plane source, Plane target, int padTop, int padLeft) {
        this.loops = loops;
        this.source = source;
        this.target = target;
        this.padTop = padTop;
        this.padLeft = padLeft;
        this.tilesDown = across(target.rows());
        this.tilesAcross = across(target.width());
    }

    /** The tiles that cover so many outputs, one way. */
    static int across(int outputs) {
        return (outputs + OUTPUTS - 1) / OUTPUTS;
    }

    /** The rows of tiles in an image. */
    int tilesDown() {
        return tilesDown;
    }

    /** The tiles in a row. */
    int tilesAcross() {
        return tilesAcross;
    }

    /** Bytes from the matrix of a point to that of the next. */
    static long pointBytes(long tiles, long channels) {
        return 4 * tiles * channels + GAP_BYTES;
    }

    /** Rows of tiles, from the first on, of all images. */
    record Rows(int first, int count) {}

    /** The input of rows of tiles at the points. */
    void inputs(long images, Rows rows, long points) {
        int columns = OUTPUTS * tilesAcross + POINTS - OUTPUTS;
        Strip strip = new Strip(columns * source.pixelBytes());
        strip.clear(0, padLeft * source.pixelBytes());
        strip.clear((padLeft + source.width()) * source.pixelBytes(), strip.lineBytes);
        long point = pointBytes((long) rows.count * tilesAcross, source.channels());
        for (int row = 0; row < rows.count; row++) {
            long lines = inputLines(images, rows.first + row);
            loops.run(
                    Transform.INPUT,
                    new Operands(lines, source.rowBytes(), 0),
                    strip.columns(padLeft * source.pixelBytes()),
                    source.width() * source.channels(),
                    1);
            across(Transform.INPUT, strip, source, points, point, row);
        }
    }

    /** The gradient by the output of rows of tiles at the points. */
    void outputGradients(long images, Rows rows, long points) {
        Strip strip = new Strip(target.pixelBytes() * tilesAcross * OUTPUTS);
        strip.clear(target.rowBytes(), strip.lineBytes);
        long point = pointBytes((long) rows.count * tilesAcross, target.channels());
        for (int row = 0; row < rows.count; row++) {
            long lines = outputGradientLines(images, rows.first + row);
            loops.run(
                    Transform.OUTPUT_GRADIENT,
                    new Operands(lines, target.rowBytes(), 0),
                    strip.columns(0),
                    target.width() * target.channels(),
                    1);
            across(Transform.OUTPUT_GRADIENT, strip, target, points, point, row);
        }
    }

    /** From a strip to the points, along a row of tiles. */
    private void across(Transform transform, Strip strip, Plane plane, long points, long point, int row) {
        long pixel = plane.pixelBytes();
        for (int i = 0; i < POINTS; i++) {
            loops.run(
                    transform,
                    new Operands(strip.address + i * strip.lineBytes, pixel, OUTPUTS * pixel),
                    new Operands(points + i * LINE_POINTS * point + row * pixel * tilesAcross, point, pixel),
                    plane.channels(),
                    tilesAcross);
        }
    }

    /** Last operation on computed rows of the output: bias, sum and activation, or a copy. */
    @FunctionalInterface
    interface Finish {
        /**
         * Finishes rows at one address into another.
         *
         * @param from address of the computed rows; the caller's own memory, unless it is {@code to}
         */
        void run(long from, long to, long pixels);
    }

    /**
     * The output of rows of tiles from the products at the points.
     *
     * @param inScratch true to compute rows in scratch memory, from where {@code finish} takes them to the output
     */
    void outputs(long products, Rows rows, long images, boolean inScratch, Finish finish) {
        Strip strip = new Strip(target.pixelBytes() * tilesAcross * OUTPUTS);
        long pixel = target.pixelBytes();
        long point = pointBytes((long) rows.count * tilesAcross, target.channels());
        for (int row = 0; row < rows.count; row++) {
            for (int i = 0; i < POINTS; i++) {
                loops.run(
                        Transform.OUTPUT,
                        new Operands(products + i * LINE_POINTS * point + row * pixel * tilesAcross, point, pixel),
                        new Operands(strip.address + i * strip.lineBytes, pixel, OUTPUTS * pixel),
                        target.channels(),
                        tilesAcross);
            }
            writeLines(strip, rows.first + row, images, inScratch, finish);
        }
    }

    private void writeLines(Strip strip, int row, long images, boolean inScratch, Finish finish) {
        long place = images + firstLine(row) * target.rowBytes();
        int lines = Math.min(OUTPUTS, target.rows() - row % tilesDown * OUTPUTS);
        long to = lines == OUTPUTS && !inScratch
                ? place
                : ThreadScratch.address(Purpose.EDGE, OUTPUTS * target.rowBytes());
        loops.run(
                Transform.OUTPUT,
                strip.columns(0),
                new Operands(to, target.rowBytes(), 0),
                target.width() * target.channels(),
                1);
        finish.run(to, place, (long) lines * target.width());
    }

    /** The number among all images' rows of the first row of the output under a row of tiles. */
    private long firstLine(int row) {
        return (long) (row / tilesDown) * target.rows() + row % tilesDown * (long) OUTPUTS;
    }

    /** The address of the six rows of the input that a row of tiles reads: in the image, or a copy with zeros around. */
    private long inputLines(long images, int row) {
        long image = images + row / tilesDown * source.bytes();
        int first = row % tilesDown * OUTPUTS - padTop;
        return lines(image, source, first, POINTS);
    }

    private long outputGradientLines(long images, int row) {
        return lines(images + row / tilesDown * target.bytes(), target, row % tilesDown * OUTPUTS, OUTPUTS);
    }

    private static long lines(long image, Plane plane, int first, int count) {
        long line = plane.rowBytes();
        int from = Math.max(first, 0);
        int to = Math.min(first + count, plane.rows());
        if (to - from == count) {
            return image + first * line;
        }
        long copy = ThreadScratch.address(Purpose.EDGE, count * line);
        Addresses.clear(copy, count * line);
        if (to > from) {
            Addresses.copy(image + from * line, copy + (from - first) * line, (to - from) * line);
        }
        return copy;
    }

    /** Six lines between two transforms, in the thread's scratch memory. */
    private static final class Strip {
        private final long lineBytes;
        private final long address;

        Strip(long lineBytes) {
            this.lineBytes = lineBytes;
            this.address = ThreadScratch.address(Purpose.STRIP, POINTS * lineBytes);
        }

        /** Operands down the columns. */
        Operands columns(long offset) {
            return new Operands(address + offset, lineBytes, 0);
        }

        /** Sets a part of each line to zero. */
        void clear(long from, long to) {
            for (int line = 0; to > from && line < POINTS; line++) {
                Addresses.clear(address + line * lineBytes + from, to - from);
            }
        }
    }
}
