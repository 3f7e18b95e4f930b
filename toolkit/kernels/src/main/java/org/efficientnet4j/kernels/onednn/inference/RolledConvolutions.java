package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;

/**
 * Two convolutions in a row for some rows of the result, a few rows at a time, so that what lies between them is read
 * while it is in the cache and never takes the memory of a whole image. Rows that the next band needs as well are moved
 * to the front of the band's memory, not computed twice. The first convolution may be missing; its swish is done here,
 * the second's is left to who is told of the rows. One thread's.
 */
public final class RolledConvolutions {
    /** About what a band takes, before or behind the second convolution: a quarter of a second-level cache of 2 MiB. */
    private static final long BAND_BYTES = 512 * 1024;

    private final Optional<RowConvolution> first;
    private final RowConvolution second;
    private final InferenceLoops loops;
    private final List<Step> steps = new ArrayList<>();
    private final SharedScratch between;

    /**
     * Rows {@code fromRow ... endRow - 1} of the second convolution's output; several images only as a whole.
     *
     * @param between for the rows between the two
     */
    RolledConvolutions(
            Optional<RowConvolution> first,
            RowConvolution second,
            int fromRow,
            int endRow,
            SharedScratch between,
            InferenceLoops loops) {
        this.loops = loops;
        this.first = first;
        this.second = second;
        int rows = endRow - fromRow;
        int bands = second.input().images() > 1 ? 1 : bands(second, rows);
        int reached = 0;
        int start = 0;
        long largest = 0;
        for (int i = 0; i < bands && rows > 0; i++) {
            Band band =
                    second.band(fromRow + start(second, rows, i, bands), fromRow + start(second, rows, i + 1, bands));
            int end = band.firstInputRow() + band.inputRows();
            int kept = Math.max(reached - band.firstInputRow(), 0);
            int from = band.firstInputRow() + kept;
            Optional<Band> produced = from < end ? first.map(producer -> producer.band(from, end)) : Optional.empty();
            steps.add(new Step(band, produced, kept, band.firstInputRow() - start));
            reached = end;
            start = band.firstInputRow();
            largest = Math.max(largest, band.inputRows() * second.inputRowBytes());
        }
        this.between = between;
        between.reserve(first.isPresent() ? largest * second.input().images() : 0);
    }

    /**
     * A band.
     *
     * @param produced what the first convolution still has to compute for it
     * @param kept rows of the band before that this one needs
     * @param shift where they are in it
     */
    private record Step(Band band, Optional<Band> produced, int kept, int shift) {}

    /** Is told of rows of the result that have just been written. */
    @FunctionalInterface
    interface Follower {
        void accept(int firstRow, int rows);
    }

    /** Start of a band, at whole rows of what is computed together. */
    private static int start(RowConvolution second, int rows, int band, int bands) {
        int together = second.rowsTogether();
        return Math.min(rows, Band.share((rows + together - 1) / together, band, bands) * together);
    }

    private static int bands(RowConvolution second, int rows) {
        int stride = second.settings().stride();
        int overlap = Math.max(second.settings().kernel() - stride, 0);
        long row = Math.max(stride * second.inputRowBytes(), second.outputRowBytes());
        long fitting = (BAND_BYTES - overlap * second.inputRowBytes()) / row;
        int together = second.rowsTogether();
        int height = (int) Math.max(together, Math.min(fitting / together * together, rows));
        return (rows + height - 1) / height;
    }

    /** Computes the rows; addresses of whole images. */
    void run(long input, long output, Follower after) {
        for (Step step : steps) {
            long from = input + step.band().firstInputRow() * second.inputRowBytes();
            if (first.isPresent()) {
                from = between.address();
                produce(first.get(), step, input, from);
            }
            second.run(step.band(), from, output + step.band().firstOutputRow() * second.outputRowBytes());
            after.accept(step.band().firstOutputRow(), step.band().outputRows());
        }
    }

    private void produce(RowConvolution producer, Step step, long input, long to) {
        long row = second.inputRowBytes();
        if (step.kept() > 0) {
            Addresses.move(to + step.shift() * row, to, step.kept() * row);
        }
        step.produced().ifPresent(band -> {
            long start = to + step.kept() * row;
            producer.run(band, input + band.firstInputRow() * producer.inputRowBytes(), start);
            if (RowConvolution.leavesActivation(producer.settings())) {
                loops.swish(start, band.outputRows() * row / 4 * second.input().images());
            }
        });
    }
}
