package org.efficientnet4j.kernels.onednn;

import java.util.Arrays;
import java.util.Optional;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.BlockTail;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.ConvolutionTraining;
import org.efficientnet4j.kernels.SqueezeExciteKernel;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.OneDnnConvolution.Weights;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass;
import org.efficientnet4j.kernels.onednn.convolution.PieceInput;
import org.efficientnet4j.kernels.onednn.convolution.Pieces;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation;
import org.efficientnet4j.kernels.onednn.loops.GatedActivation.GatedGradient;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Depthwise convolution, squeeze-excite and projection of one block in training. The depthwise convolution's output y is
 * the only array of the expanded size that is kept. The projection's pieces take batch norm, swish and gate of y's rows
 * from the thread's scratch memory; in the backward pass the gradient by a piece of its input is at once used for the
 * gate's gradient and for the sums that batch norm's gradient needs.
 */
final class OneDnnBlockTail {
    private final boolean shown;
    private final NormActivation norm;
    private final GatedActivation activation;
    private final OneDnnConvolution depthwise;
    private final GateNetwork gate;
    private final OneDnnConvolution projection;
    private final int expanded;
    private final Workers workers;
    private INDArray means;
    private long handedOn;
    private long handedBack;
    private GatedGradient gradient;

    private OneDnnBlockTail(
            ConvolutionSettings depthwise,
            int reducedChannels,
            ConvolutionSettings projection,
            boolean shown,
            FusedLoops loops,
            NormActivation norm,
            GatedActivation activation) {
        this.shown = shown;
        this.norm = norm;
        this.activation = activation;
        this.expanded = depthwise.outChannels();
        this.workers = loops.workers();
        this.depthwise = new OneDnnConvolution(depthwise, loops, norm, Pieces::cached);
        this.gate = new GateNetwork(expanded, reducedChannels, loops);
        this.projection = new OneDnnConvolution(projection, loops, loops.normActivation(projection), Pieces::byInput);
    }

    /** The three kernels; empty where these loops can't. */
    static Optional<BlockTail> of(
            ConvolutionSettings depthwise,
            SqueezeExciteSettings squeezeExcite,
            ConvolutionSettings projection,
            boolean shown,
            FusedLoops loops) {
        if (!depthwise.depthwise()
                || depthwise.batchNorm().isEmpty()
                || !projection.pointwise()
                || projection.stride() > 1
                || !squeezeExcite.equals(
                        SqueezeExciteSettings.swish(depthwise.outChannels(), squeezeExcite.reducedChannels()))) {
            return Optional.empty();
        }
        NormActivation norm = loops.normActivation(depthwise);
        return norm.gated()
                .map(activation -> new OneDnnBlockTail(
                        depthwise, squeezeExcite.reducedChannels(), projection, shown, loops, norm, activation))
                .map(tail -> new BlockTail(tail.new Depthwise(), tail.new Gate(), tail.new Projection()));
    }

    /** The three may only be joined to each other: between them arrays are of a content that nobody else can read. */
    private static void requireHanded(INDArray array, long address) {
        if (Addresses.of(array) != address) {
            throw new IllegalStateException(
                    "A fused block's kernel must be given the very array that the kernel beside it"
                            + " returned, found another one of shape " + Arrays.toString(array.shape()));
        }
    }

    private final class Depthwise implements ConvolutionTraining {
        @Override
        public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
            INDArray convolved = depthwise.convolve(input, parameters, arrays);
            means = arrays.kept(input.size(0), expanded);
            activation.squeeze(convolved, parameters, Addresses.of(means));
            INDArray result = convolved;
            if (shown) {
                result = arrays.activations(convolved.shape());
                norm.repeat(convolved, result, parameters);
            }
            handedOn = Addresses.of(result);
            return result;
        }

        @Override
        public INDArray backward(
                INDArray input,
                INDArray epsilon,
                ConvolutionParameters parameters,
                ConvolutionParameters gradients,
                boolean needsInputGradient,
                ArrayAllocator arrays) {
            requireHanded(epsilon, handedBack);
            gradient.complete(Addresses.of(epsilon), gradients);
            INDArray result = depthwise.backward(
                    input,
                    PieceInput.at(Addresses.of(input)),
                    gradient,
                    new Weights(parameters.weights(), gradients.weights()),
                    needsInputGradient,
                    arrays);
            gradient = null;
            return result;
        }

        @Override
        public void moveStatistics(ConvolutionParameters parameters) {
            depthwise.moveStatistics(parameters);
        }

        @Override
        public void clear() {
            depthwise.clear();
            means = null;
        }

        @Override
        public void close() {
            clear();
            depthwise.close();
        }
    }

    private final class Gate implements SqueezeExciteKernel {
        @Override
        public INDArray forward(
                INDArray input, SqueezeExciteParameters parameters, boolean training, ArrayAllocator arrays) {
            requireHanded(input, handedOn);
            activation.gate(gate.forward(means, parameters, arrays));
            INDArray result = shown ? gated(input, arrays) : input;
            handedOn = Addresses.of(result);
            return result;
        }

        private INDArray gated(INDArray input, ArrayAllocator arrays) {
            INDArray result = arrays.activations(input.shape());
            long to = Addresses.of(result);
            long rows = input.length() / expanded;
            int shares = workers.count();
            workers.run(shares, share -> {
                long first = rows * share / shares;
                activation.write(first, rows * (share + 1) / shares - first, to + 4 * first * expanded);
            });
            return result;
        }

        @Override
        public INDArray backward(
                INDArray input,
                INDArray epsilon,
                SqueezeExciteParameters parameters,
                SqueezeExciteParameters gradients,
                ArrayAllocator arrays) {
            requireHanded(epsilon, handedBack);
            gate.backward(gradient, parameters, gradients);
            return epsilon;
        }

        @Override
        public void clear() {
            gate.clear();
        }

        @Override
        public void close() {
            gate.close();
        }
    }

    private final class Projection implements ConvolutionTraining {
        @Override
        public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
            requireHanded(input, handedOn);
            PieceInput gated = (pass, share, piece, inputGradient) -> gated(pass, share, piece);
            return projection.forward(input, gated, parameters, arrays);
        }

        private long gated(ConvolutionPass pass, int share, int piece) {
            long rows = pass.outputPixels(share, piece);
            long place = ThreadScratch.address(Purpose.INPUT, 4 * rows * expanded);
            activation.write(pass.firstOutputPixel(share, piece), rows, place);
            return place;
        }

        @Override
        public INDArray backward(
                INDArray input,
                INDArray epsilon,
                ConvolutionParameters parameters,
                ConvolutionParameters gradients,
                boolean needsInputGradient,
                ArrayAllocator arrays) {
            gradient = activation.backward(workers.count());
            long whole =
                    projection.takesInputWhole(input) ? ThreadScratch.address(Purpose.INPUT, 4 * input.length()) : 0;
            PieceInput gated =
                    (pass, share, piece, inputGradient) -> gatedAgain(whole, pass, share, piece, inputGradient);
            INDArray result = projection.backward(input, gated, epsilon, parameters, gradients, true, arrays);
            handedBack = Addresses.of(result);
            return result;
        }

        /** @param whole room for all of the input, where the weights' gradient takes it as a whole; else 0 */
        private long gatedAgain(long whole, ConvolutionPass pass, int share, int piece, long inputGradient) {
            long first = pass.firstOutputPixel(share, piece);
            long rows = pass.outputPixels(share, piece);
            long place = whole != 0
                    ? whole + 4 * first * expanded
                    : ThreadScratch.address(Purpose.INPUT, 4 * rows * expanded);
            gradient.add(share, first, rows, inputGradient, place);
            return place;
        }

        @Override
        public void moveStatistics(ConvolutionParameters parameters) {
            projection.moveStatistics(parameters);
        }

        @Override
        public void clear() {
            projection.clear();
            gradient = null;
        }

        @Override
        public void close() {
            clear();
            projection.close();
        }
    }
}
