package org.efficientnet4j.kernels.onednn.convolution;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * A pointwise convolution's weight gradient {@code [O, I]} as one matrix product over all pixels, written where DL4J keeps
 * it. Threads share it by channels, of the output or the input, whichever has more: nothing is left to be added up.
 */
public final class ProductWeightGradient implements WeightGradient {
    /** Parts end at whole vectors. */
    private static final int LANES = 16;

    private final Workers workers;
    private final List<Part> parts = new ArrayList<>();

    /** One thread's channels, and how far behind the beginning of each array they lie, in bytes. */
    private record Part(Primitive product, long input, long outputGradient, long gradient) {}

    ProductWeightGradient(int inputs, int outputs, int pixels, Workers workers) {
        this.workers = workers;
        int larger = Math.max(inputs, outputs);
        int blocks = (larger + LANES - 1) / LANES;
        int count = Math.min(workers.count(), blocks);
        for (int part = 0; part < count; part++) {
            int first = Band.share(blocks, part, count) * LANES;
            int length = Math.min(larger, Band.share(blocks, part + 1, count) * LANES) - first;
            boolean byOutputs = outputs == larger;
            int rows = byOutputs ? length : outputs;
            int columns = byOutputs ? inputs : length;
            try (Layout outputGradient = Layout.transposedColumns(pixels, rows, outputs);
                    Layout input = Layout.columns(pixels, columns, inputs);
                    Layout gradient = Layout.columns(rows, columns, inputs)) {
                Primitive product = Primitives.product(outputGradient, input, gradient);
                parts.add(
                        byOutputs
                                ? new Part(product, 0, 4L * first, 4L * first * inputs)
                                : new Part(product, 4L * first, 0, 4L * first));
            }
        }
    }

    @Override
    public Sums begin(int shares, int height, int width) {
        return new WholeBatch();
    }

    /** Waits until all pieces are there. */
    private final class WholeBatch implements Sums {
        private long input;
        private long outputGradient;

        @Override
        public void add(int share, int piece, int images, long firstInput, long firstOutputGradient) {
            if (share == 0 && piece == 0) {
                input = firstInput;
                outputGradient = firstOutputGradient;
            }
        }

        @Override
        public void write(long gradient) {
            ProductWeightGradient.this.write(input, outputGradient, gradient);
        }
    }

    /** The gradient of a whole batch. */
    void write(long input, long outputGradient, long gradient) {
        workers.run(parts.size(), index -> {
            Part part = parts.get(index);
            part.product.execute(outputGradient + part.outputGradient, input + part.input, gradient + part.gradient);
        });
    }

    @Override
    public void close() {
        parts.forEach(part -> part.product.close());
    }
}
