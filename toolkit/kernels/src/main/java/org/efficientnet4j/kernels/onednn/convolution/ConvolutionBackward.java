package org.efficientnet4j.kernels.onednn.convolution;

import java.util.Optional;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * A convolution's backward pass for one batch shape, piece by piece: the gradient by the convolution's output is computed
 * into a thread's scratch memory and used for both gradients while it is in the cache; where a share is one piece, over
 * the convolution's output. Where the passes are matrix products, all of it comes before the weights' gradient, which
 * threads share by channels.
 */
public final class ConvolutionBackward implements AutoCloseable {
    private final ConvolutionSettings settings;
    private final Workers workers;
    private final ConvolutionPass data;
    private final WeightGradient weightGradient;
    private final long wholeBytes;
    private final int height;
    private final int width;

    public ConvolutionBackward(
            ConvolutionSettings settings,
            ImageShape shape,
            FusedLoops loops,
            Pieces.Cut cut,
            Optional<FastAlgorithm> fast) {
        this.settings = settings;
        this.workers = loops.workers();
        this.height = shape.height();
        this.width = shape.width();
        Pieces pieces = cut.pieces(settings, shape, workers);
        data = new ConvolutionPass(Direction.BACKWARD_DATA, settings, pieces, fast);
        weightGradient = pieces.products()
                ? new ProductWeightGradient(
                        settings.inChannels(),
                        settings.outChannels(),
                        pieces.shape().pixels(),
                        workers)
                : new ConvolutionWeightGradient(
                        new ConvolutionPass(Direction.BACKWARD_WEIGHTS, settings, pieces, fast), loops);
        wholeBytes = pieces.products() ? 4L * pieces.shape().pixels() * settings.outChannels() : 0;
    }

    /**
     * The addresses of one call's arrays.
     *
     * @param input of the convolution
     * @param weights in DL4J's layout
     * @param weightGradient in DL4J's layout, overwritten
     * @param inputGradient 0 where it is not wanted
     * @param outputGradient room for all of it, where shares are taken whole; 0 for a thread's scratch memory
     */
    public record Arrays(
            PieceInput input, long weights, long weightGradient, long inputGradient, long outputGradient) {}

    /** Computes both gradients. */
    public void run(RowGradient gradient, Arrays arrays) {
        long weights = arrays.inputGradient() == 0 ? 0 : data.arranged(workers, arrays.weights());
        long whole =
                wholeBytes > 0 ? ThreadScratch.address(Purpose.OUTPUT_GRADIENT, wholeBytes) : arrays.outputGradient();
        WeightGradient.Sums sums = weightGradient.begin(data.shares(), height, width);
        workers.run(data.shares(), share -> {
            for (int piece = 0; piece < data.pieces(share); piece++) {
                run(gradient, arrays, weights, whole, sums, share, piece);
            }
        });
        sums.write(arrays.weightGradient());
    }

    private void run(
            RowGradient gradient,
            Arrays arrays,
            long weights,
            long whole,
            WeightGradient.Sums sums,
            int share,
            int piece) {
        long pixels = data.outputPixels(share, piece);
        long first = data.firstOutputPixel(share, piece);
        long place = whole != 0
                ? whole + 4 * first * settings.outChannels()
                : ThreadScratch.address(Purpose.OUTPUT_GRADIENT, 4 * pixels * settings.outChannels());
        gradient.write(first, pixels, place);
        long inputGradient = 0;
        if (arrays.inputGradient() != 0) {
            inputGradient = arrays.inputGradient() + data.inputOffset(share, piece);
            data.execute(share, piece, inputGradient, weights, place);
        }
        long input = arrays.input().address(data, share, piece, inputGradient);
        sums.add(share, piece, data.images(share, piece), input, place);
    }

    @Override
    public void close() {
        data.close();
        weightGradient.close();
    }
}
