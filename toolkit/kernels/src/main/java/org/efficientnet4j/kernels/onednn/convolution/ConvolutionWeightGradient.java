package org.efficientnet4j.kernels.onednn.convolution;

import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * A weight gradient by convolutions. Each share sums over its pieces; the shares' sums are added in a fixed order, so that
 * results repeat.
 */
public final class ConvolutionWeightGradient implements WeightGradient {
    private final ConvolutionPass pass;
    private final FusedLoops loops;
    private final Workers workers;

    ConvolutionWeightGradient(ConvolutionPass pass, FusedLoops loops) {
        this.pass = pass;
        this.loops = loops;
        this.workers = loops.workers();
    }

    @Override
    public Sums begin(int shares, int height, int width) {
        long bytes = (pass.weightBytes() + 63) / 64 * 64;
        return new ShareSums(ThreadScratch.address(Purpose.WEIGHT_GRADIENTS, bytes * shares), bytes);
    }

    private final class ShareSums implements Sums {
        private final long sums;
        private final long bytes;

        ShareSums(long sums, long bytes) {
            this.sums = sums;
            this.bytes = bytes;
        }

        @Override
        public void add(int share, int piece, int images, long input, long outputGradient) {
            long sum = sums + share * bytes;
            if (piece == 0) {
                pass.execute(share, piece, input, sum, outputGradient);
            } else if (pass.adds(share)) {
                pass.add(share, piece, input, sum, outputGradient);
            } else {
                long more = ThreadScratch.address(Purpose.PIECE_GRADIENT, bytes);
                pass.execute(share, piece, input, more, outputGradient);
                loops.add(sum, more, pass.weightBytes() / 4);
            }
        }

        @Override
        public void write(long gradient) {
            long floats = pass.weightBytes() / 4;
            int parts = workers.count();
            workers.run(parts, part -> {
                long first = floats * part / parts;
                long last = floats * (part + 1) / parts;
                for (int share = 1; share < pass.shares(); share++) {
                    loops.add(sums + 4 * first, sums + share * bytes + 4 * first, last - first);
                }
            });
            pass.arrange(workers, sums, gradient);
        }
    }

    @Override
    public void close() {
        pass.close();
    }
}
