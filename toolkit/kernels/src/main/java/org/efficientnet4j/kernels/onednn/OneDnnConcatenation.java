package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConcatenationKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies of columns of a matrix {@code [pixels, channels]} by oneDNN's reorders, the pixels shared out over threads. */
final class OneDnnConcatenation implements ConcatenationKernel {
    private static final int COPIES = 64;
    private static final int CHANNEL_AXIS = 3;

    private final Workers workers;
    private final PrimitiveCache<Key, Copies> copies = new PrimitiveCache<>(COPIES);

    OneDnnConcatenation(Workers workers) {
        this.workers = workers;
    }

    private record Key(int pixels, int channels, int total, boolean joins) {}

    @Override
    public INDArray forward(List<INDArray> inputs, ArrayAllocator arrays) {
        long[] shape = inputs.get(0).shape().clone();
        shape[CHANNEL_AXIS] =
                inputs.stream().mapToLong(input -> input.size(CHANNEL_AXIS)).sum();
        INDArray result = arrays.activations(shape);
        int total = (int) shape[CHANNEL_AXIS];
        long to = Addresses.of(result);
        for (INDArray input : inputs) {
            int channels = (int) input.size(CHANNEL_AXIS);
            copies(result, channels, true).run(Addresses.of(input), to, channels, total);
            to += 4L * channels;
        }
        return result;
    }

    @Override
    public List<INDArray> backward(List<Integer> channels, INDArray epsilon, ArrayAllocator arrays) {
        List<INDArray> result = new ArrayList<>();
        int total = (int) epsilon.size(CHANNEL_AXIS);
        long from = Addresses.of(epsilon);
        for (int count : channels) {
            INDArray part = arrays.gradient(epsilon.size(0), epsilon.size(1), epsilon.size(2), count);
            copies(epsilon, count, false).run(from, Addresses.of(part), total, count);
            from += 4L * count;
            result.add(part);
        }
        return result;
    }

    private Copies copies(INDArray whole, int channels, boolean joins) {
        workers.prepare();
        int total = (int) whole.size(CHANNEL_AXIS);
        Key key = new Key(Math.toIntExact(whole.length() / total), channels, total, joins);
        return copies.get(key, Copies::new);
    }

    @Override
    public void close() {
        copies.close();
    }

    /** The copies of some channels of all pixels, a share a thread. */
    private final class Copies implements AutoCloseable {
        private final int pixels;
        private final List<Primitive> shares = new ArrayList<>();

        Copies(Key key) {
            this.pixels = key.pixels();
            int count = Math.min(workers.count(), pixels);
            for (int share = 0; share < count; share++) {
                int rows = Band.share(pixels, share + 1, count) - Band.share(pixels, share, count);
                try (Layout part = Layout.matrix(rows, key.channels());
                        Layout columns = Layout.columns(rows, key.channels(), key.total())) {
                    shares.add(key.joins() ? Primitives.reorder(part, columns) : Primitives.reorder(columns, part));
                }
            }
        }

        /** Runs all shares; the last two are floats from pixel to pixel. */
        void run(long from, long to, int fromStep, int toStep) {
            workers.run(shares.size(), share -> {
                long first = 4L * Band.share(pixels, share, shares.size());
                shares.get(share).execute(from + first * fromStep, to + first * toStep);
            });
        }

        @Override
        public void close() {
            shares.forEach(Primitive::close);
        }
    }
}
