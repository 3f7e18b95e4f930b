package org.efficientnet4j.kernels.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.UpdateKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The optimisers by vectors. Every thread takes a stretch of the flat vectors and goes through it in pieces that stay in
 * the first-level cache, so that each vector goes through memory once whatever is done to it.
 */
final class VectorUpdate implements UpdateKernel {
    private static final int MIN_SHARE = 1 << 16;
    private static final int MAX_SHARE = 1 << 26;
    private static final long PIECE_BYTES = 8192;
    private static final int VECTOR_BYTES = 4 * Lanes.COUNT;

    @Override
    public void turn(Work work) {
        run(work, List.of(), (windows, from, to) -> {});
    }

    @Override
    public void apply(Work work, Optional<Average> average) {
        float kept = average.map(moving -> (float) moving.kept()).orElse(1f);
        float taken = average.map(moving -> (float) (1 - moving.kept())).orElse(0f);
        List<INDArray> more = average.map(moving -> List.of(moving.values())).orElse(List.of());
        run(work, more, (windows, from, to) -> {
            UpdateRows.subtract(windows[0], windows[1], from, to);
            if (!more.isEmpty()) {
                UpdateRows.follow(windows[windows.length - 1], windows[0], from, to, kept, taken);
            }
        });
    }

    /** @param after what is done to a piece once it holds the step */
    private static void run(Work work, List<INDArray> more, UpdateRows.Loop after) {
        List<INDArray> arrays = new ArrayList<>(List.of(work.parameters(), work.gradient()));
        arrays.addAll(work.state());
        arrays.addAll(more);
        long[] addresses = arrays.stream().mapToLong(Addresses::of).toArray();
        long length = work.parameters().length();
        int shares = shares(length);
        KernelThreads.shared().run(shares, share -> {
            long from = length * share / shares;
            long to = length * (share + 1) / shares;
            for (Run run : work.runs()) {
                long first = Math.max(from, run.first());
                long last = Math.min(to, run.first() + run.length());
                if (first < last) {
                    stretch(UpdateRows.of(work.rule(), work.factor(), run), after, addresses, first, last - first);
                }
            }
        });
    }

    private static int shares(long length) {
        long useful = Math.min(KernelThreads.shared().count(), 1 + length / MIN_SHARE);
        return Math.toIntExact(Math.max(useful, 1 + length / MAX_SHARE));
    }

    private static void stretch(
            UpdateRows.Loop rule, UpdateRows.Loop after, long[] addresses, long first, long length) {
        long bytes = length / Lanes.COUNT * VECTOR_BYTES;
        FloatWindow[] windows = new FloatWindow[addresses.length];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new FloatWindow(addresses[i] + 4 * first, bytes);
        }
        for (long from = 0; from < bytes; from += PIECE_BYTES) {
            long to = Math.min(bytes, from + PIECE_BYTES);
            rule.run(windows, from, to);
            after.run(windows, from, to);
        }
        long rest = length - bytes / 4;
        if (rest > 0) {
            rest(rule, after, addresses, first + bytes / 4, rest);
        }
    }

    /** The last, incomplete vector by way of a padded place. */
    private static void rest(UpdateRows.Loop rule, UpdateRows.Loop after, long[] addresses, long first, long length) {
        long bytes = (long) addresses.length * VECTOR_BYTES;
        long staging = ThreadScratch.address(Purpose.STAGING, bytes);
        Addresses.clear(staging, bytes);
        FloatWindow[] windows = new FloatWindow[addresses.length];
        for (int i = 0; i < windows.length; i++) {
            long place = staging + (long) i * VECTOR_BYTES;
            Addresses.copy(addresses[i] + 4 * first, place, 4 * length);
            windows[i] = new FloatWindow(place, VECTOR_BYTES);
        }
        rule.run(windows, 0, VECTOR_BYTES);
        after.run(windows, 0, VECTOR_BYTES);
        for (int i = 0; i < windows.length; i++) {
            Addresses.copy(staging + (long) i * VECTOR_BYTES, addresses[i] + 4 * first, 4 * length);
        }
    }

    @Override
    public double squares(INDArray vector) {
        long address = Addresses.of(vector);
        long length = vector.length();
        int shares = shares(length);
        double[] sums = new double[shares];
        KernelThreads.shared().run(shares, share -> {
            long first = length * share / shares;
            sums[share] = squares(address + 4 * first, length * (share + 1) / shares - first);
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    private static double squares(long address, long length) {
        long bytes = length / Lanes.COUNT * VECTOR_BYTES;
        FloatWindow window = new FloatWindow(address, bytes);
        double total = 0;
        for (long from = 0; from < bytes; from += PIECE_BYTES) {
            float[] sums = new float[Lanes.COUNT];
            UpdateRows.squares(window, from, Math.min(bytes, from + PIECE_BYTES), sums);
            for (float sum : sums) {
                total += sum;
            }
        }
        int rest = (int) (length - bytes / 4);
        float[] last = new float[rest];
        Addresses.floats(address + bytes, rest).get(last);
        for (float value : last) {
            total += (double) value * value;
        }
        return total;
    }
}
