package org.efficientnet4j.kernels.onednn;

import java.lang.ref.Reference;
import java.util.Optional;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionBackward;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.InferenceWeights;
import org.efficientnet4j.kernels.onednn.convolution.PieceInput;
import org.efficientnet4j.kernels.onednn.convolution.Pieces;
import org.efficientnet4j.kernels.onednn.loops.DepthwiseBackward;
import org.efficientnet4j.kernels.onednn.loops.FusedLoops;
import org.efficientnet4j.kernels.onednn.loops.NormActivation;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.kernels.onednn.winograd.Winograd;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN's convolution with a provider's batch norm and activation; keeps the convolution's output for the backward pass. */
final class OneDnnConvolution implements ConvolutionKernel {
    /** Training, validation and the smaller last batch of each, and some to spare. */
    private static final int SHAPES = 6;

    private final ConvolutionSettings settings;
    private final Workers workers;
    private final FusedLoops loops;
    private final NormActivation norm;
    private final Pieces.Cut cut;
    private final PrimitiveCache<Key, ConvolutionPass> forward = new PrimitiveCache<>(2 * SHAPES);
    private final PrimitiveCache<ImageShape, ConvolutionBackward> backward = new PrimitiveCache<>(SHAPES);
    private final Optional<DepthwiseBackward> depthwiseBackward;
    private INDArray convolved;
    private InferenceWeights folded;
    private Key foldedFor;
    private long foldedFrom;

    OneDnnConvolution(ConvolutionSettings settings, FusedLoops loops) {
        this(settings, loops, loops.normActivation(settings), Pieces::cached);
    }

    /** @param cut how training cuts a batch */
    OneDnnConvolution(ConvolutionSettings settings, FusedLoops loops, NormActivation norm, Pieces.Cut cut) {
        this.settings = settings;
        this.loops = loops;
        this.workers = loops.workers();
        this.norm = norm;
        this.cut = cut;
        this.depthwiseBackward = loops.depthwiseBackward(settings);
    }

    private record Key(Direction direction, ImageShape shape) {}

    @Override
    public INDArray infer(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        Key key = new Key(Direction.INFER, shape(input));
        ConvolutionPass pass = pass(key);
        long fingerprint = parameters.fingerprint(loops.hash());
        if (folded == null || !key.equals(foldedFor) || fingerprint != foldedFrom) {
            parametersChanged();
            folded = new InferenceWeights(settings, parameters, pass, workers);
            foldedFor = key;
            foldedFrom = fingerprint;
        }
        INDArray result = arrays.activations(outputShape(input));
        long from = Addresses.of(input);
        long to = Addresses.of(result);
        InferenceWeights weights = folded;
        try {
            workers.run(pass.shares(), share -> pass.infer(share, from, weights.weights(), to, weights.bias()));
        } finally {
            Reference.reachabilityFence(weights);
        }
        return result;
    }

    @Override
    public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        return forward(input, PieceInput.at(Addresses.of(input)), parameters, arrays);
    }

    /** {@link #forward(INDArray, ConvolutionParameters, ArrayAllocator)} of an input that may be made in pieces. */
    INDArray forward(INDArray input, PieceInput source, ConvolutionParameters parameters, ArrayAllocator arrays) {
        parametersChanged();
        convolve(input, source, parameters, arrays, true);
        INDArray result = arrays.activations(outputShape(input));
        norm.forward(convolved, result, parameters);
        return result;
    }

    /** The convolution alone, whose output batch norm has taken note of. */
    INDArray convolve(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        convolve(input, PieceInput.at(Addresses.of(input)), parameters, arrays, true);
        return convolved;
    }

    /** @param noted whether the batch's statistics are to be taken of the output */
    private void convolve(
            INDArray input, PieceInput source, ConvolutionParameters parameters, ArrayAllocator arrays, boolean noted) {
        ConvolutionPass pass = pass(new Key(Direction.FORWARD, shape(input)));
        convolved = arrays.kept(outputShape(input));
        long weights = pass.arranged(workers, Addresses.of(parameters.weights()));
        if (noted) {
            norm.begin(pass.shares());
        }
        long to = Addresses.of(convolved);
        workers.run(pass.shares(), share -> {
            for (int piece = 0; piece < pass.pieces(share); piece++) {
                long output = to + 4L * settings.outChannels() * pass.firstOutputPixel(share, piece);
                pass.execute(share, piece, source.address(pass, share, piece, 0), weights, output);
                if (noted) {
                    norm.add(share, output, pass.outputPixels(share, piece));
                }
            }
        });
    }

    @Override
    public INDArray recompute(
            INDArray input, ConvolutionParameters parameters, boolean needsOutput, ArrayAllocator arrays) {
        if (convolved == null) {
            convolve(input, PieceInput.at(Addresses.of(input)), parameters, arrays, false);
        }
        if (!needsOutput) {
            return null;
        }
        INDArray result = arrays.activations(outputShape(input));
        norm.repeat(convolved, result, parameters);
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
        PieceInput source = PieceInput.at(Addresses.of(input));
        return backward(input, source, epsilon, parameters, gradients, needsInputGradient, arrays);
    }

    /** {@link #backward} of an input that may be made in pieces. */
    INDArray backward(
            INDArray input,
            PieceInput source,
            INDArray epsilon,
            ConvolutionParameters parameters,
            ConvolutionParameters gradients,
            boolean needsInputGradient,
            ArrayAllocator arrays) {
        return backward(
                input,
                source,
                norm.backward(convolved, epsilon, parameters, gradients),
                new Weights(parameters.weights(), gradients.weights()),
                needsInputGradient,
                arrays);
    }

    /** Returns whether the weights' gradient is computed at the end, of all pieces of the input. */
    boolean takesInputWhole(INDArray input) {
        return cut.pieces(settings, shape(input), workers).products();
    }

    /** The weights and where their gradient goes. */
    record Weights(INDArray values, INDArray gradient) {}

    /**
     * The convolution's backward pass alone.
     *
     * @param source what the forward pass read
     * @param gradient by the convolution's output
     */
    INDArray backward(
            INDArray input,
            PieceInput source,
            RowGradient gradient,
            Weights weights,
            boolean needsInputGradient,
            ArrayAllocator arrays) {
        parametersChanged();
        INDArray inputGradient = arrays.gradient(input.shape());
        if (depthwiseBackward.isPresent()) {
            runDepthwise(input, gradient, weights, needsInputGradient ? Addresses.of(inputGradient) : 0);
            return inputGradient;
        }
        if (needsInputGradient && settings.stride() > settings.kernel()) {
            // Pixels that no kernel reads are left as they are.
            Addresses.clear(Addresses.of(inputGradient), inputGradient.length() * 4);
        }
        INDArray whole = null; // a thread's scratch memory, a piece at a time
        if (!workers.cutsPieces()) {
            whole = arrays.working(convolved.shape());
        } else if (settings.depthwise()) {
            whole = convolved;
        }
        workers.prepare();
        ConvolutionBackward pass = backward.get(
                shape(input),
                wanted -> new ConvolutionBackward(
                        settings, wanted, loops, cut, Winograd.forTraining(settings, wanted, loops.winograd())));
        pass.run(
                gradient,
                new ConvolutionBackward.Arrays(
                        source,
                        Addresses.of(weights.values()),
                        Addresses.of(weights.gradient()),
                        needsInputGradient ? Addresses.of(inputGradient) : 0,
                        whole == null ? 0 : Addresses.of(whole)));
        convolved = null;
        return inputGradient;
    }

    private void runDepthwise(INDArray input, RowGradient gradient, Weights weights, long inputGradient) {
        ImageShape batch = shape(input);
        depthwiseBackward
                .orElseThrow()
                .run(
                        batch.images(),
                        batch.height(),
                        batch.width(),
                        gradient,
                        new DepthwiseBackward.Arrays(
                                Addresses.of(input),
                                Addresses.of(weights.values()),
                                Addresses.of(weights.gradient()),
                                inputGradient));
        convolved = null;
    }

    @Override
    public void moveStatistics(ConvolutionParameters parameters) {
        norm.moveStatistics(parameters);
    }

    @Override
    public void parametersChanged() {
        if (folded != null) {
            folded.close();
            folded = null;
        }
    }

    @Override
    public void clear() {
        convolved = null;
    }

    @Override
    public void close() {
        clear();
        parametersChanged();
        forward.close();
        backward.close();
        norm.close();
    }

    private ConvolutionPass pass(Key key) {
        workers.prepare();
        return forward.get(key, wanted -> {
            if (wanted.direction() == Direction.INFER) {
                return new ConvolutionPass(
                        Direction.INFER,
                        settings,
                        Pieces.whole(settings, wanted.shape(), workers.count()),
                        Winograd.forInference(settings, wanted.shape(), loops.winograd()));
            }
            return new ConvolutionPass(
                    wanted.direction(),
                    settings,
                    cut.pieces(settings, wanted.shape(), workers),
                    Winograd.forTraining(settings, wanted.shape(), loops.winograd()));
        });
    }

    private static ImageShape shape(INDArray input) {
        return new ImageShape((int) input.size(0), (int) input.size(1), (int) input.size(2));
    }

    private long[] outputShape(INDArray input) {
        return new long[] {
            input.size(0),
            settings.outputSize((int) input.size(1)),
            settings.outputSize((int) input.size(2)),
            settings.outChannels()
        };
    }
}
