package org.efficientnet4j.kernels.onednn;

import java.lang.ref.Reference;
import java.util.Optional;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionKernel;
import org.efficientnet4j.kernels.ConvolutionParameters;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.ConvolutionPass.Direction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN's convolution with a provider's batch norm and swish; keeps the convolution's output for the backward pass. */
final class OneDnnConvolution implements ConvolutionKernel {
    /** Training, validation and the smaller last batch of each, in up to three directions, and some to spare. */
    private static final int PLANS = 16;

    private final ConvolutionSettings settings;
    private final Workers workers;
    private final FusedLoops loops;
    private final NormActivation norm;
    private final Optional<FusedLoops.WeightGradient> ownWeightGradient;
    private final Plans<Key, ConvolutionPass> plans = new Plans<>(PLANS);
    private INDArray convolved;
    private InferenceWeights folded;
    private Key foldedFor;

    OneDnnConvolution(ConvolutionSettings settings, FusedLoops loops) {
        this.settings = settings;
        this.loops = loops;
        this.workers = loops.workers();
        this.norm = loops.normActivation(settings);
        this.ownWeightGradient = loops.weightGradient(settings);
    }

    private record Key(Direction direction, ImageShape shape, int threads) {}

    @Override
    public INDArray infer(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        Key key = key(Direction.INFER, input);
        ConvolutionPass pass = pass(key);
        if (folded == null || !key.equals(foldedFor)) {
            parametersChanged();
            folded = new InferenceWeights(settings, parameters, pass);
            foldedFor = key;
        }
        INDArray result = arrays.activations(outputShape(input));
        long from = Addresses.of(input);
        long to = Addresses.of(result);
        InferenceWeights weights = folded;
        try {
            workers.run(
                    pass.shares(),
                    share -> pass.execute(share, Direction.INFER, from, weights.weights(), to, weights.bias()));
        } finally {
            Reference.reachabilityFence(weights);
        }
        return result;
    }

    @Override
    public INDArray forward(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        parametersChanged();
        convolve(input, parameters, arrays);
        INDArray result = arrays.activations(outputShape(input));
        norm.forward(convolved, result, parameters);
        return result;
    }

    private void convolve(INDArray input, ConvolutionParameters parameters, ArrayAllocator arrays) {
        convolved = arrays.kept(outputShape(input));
        execute(Direction.FORWARD, input, parameters.weights(), convolved, () -> {});
    }

    @Override
    public INDArray recompute(
            INDArray input, ConvolutionParameters parameters, boolean needsOutput, ArrayAllocator arrays) {
        if (convolved == null) {
            convolve(input, parameters, arrays);
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
        parametersChanged();
        INDArray inputGradient = arrays.gradient(input.shape());
        INDArray outputGradient = norm.backward(convolved, epsilon, parameters, gradients, arrays);
        convolved = null;
        Runnable gradientReorder = ownWeightGradient.isPresent()
                ? ownGradient(ownWeightGradient.get(), input, outputGradient, gradients.weights())
                : backwardWeights(input, outputGradient, gradients.weights());
        if (needsInputGradient) {
            if (settings.stride() > settings.kernel()) {
                // oneDNN leaves pixels that no kernel touches as they are.
                Addresses.clear(Addresses.of(inputGradient), inputGradient.length() * 4);
            }
            execute(Direction.BACKWARD_DATA, inputGradient, parameters.weights(), outputGradient, gradientReorder);
        } else {
            workers.run(1, share -> gradientReorder.run());
        }
        return inputGradient;
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
        plans.close();
        norm.close();
    }

    /** Runs one direction; something else that has to be done goes beside the reorder of the weights. */
    private void execute(Direction direction, INDArray input, INDArray weights, INDArray output, Runnable beside) {
        ConvolutionPass pass = pass(key(direction, input));
        long reordered = ThreadScratch.address(Purpose.WEIGHTS, pass.weights().bytes());
        long from = Addresses.of(input);
        long to = Addresses.of(output);
        long source = Addresses.of(weights);
        workers.run(2, share -> {
            if (share == 0) {
                pass.reorder(source, reordered);
            } else {
                beside.run();
            }
        });
        workers.run(pass.shares(), share -> pass.execute(share, direction, from, reordered, to, 0));
    }

    private static Runnable ownGradient(
            FusedLoops.WeightGradient own, INDArray input, INDArray outputGradient, INDArray gradient) {
        own.compute(
                Addresses.of(input),
                Addresses.of(outputGradient),
                Addresses.of(gradient),
                (int) input.size(0),
                (int) input.size(1),
                (int) input.size(2));
        return () -> {};
    }

    /**
     * Each share sums over its images; the sums are added in a fixed order, so that results repeat.
     *
     * @return what is left to do: the reorder into DL4J's layout
     */
    private Runnable backwardWeights(INDArray input, INDArray outputGradient, INDArray gradient) {
        ConvolutionPass pass = pass(key(Direction.BACKWARD_WEIGHTS, input));
        long bytes = (pass.weights().bytes() + 63) / 64 * 64;
        long sums = ThreadScratch.address(Purpose.WEIGHT_GRADIENTS, bytes * pass.shares());
        long in = Addresses.of(input);
        long out = Addresses.of(outputGradient);
        workers.run(
                pass.shares(),
                share -> pass.execute(share, Direction.BACKWARD_WEIGHTS, in, sums + share * bytes, out, 0));
        long floats = pass.weights().bytes() / 4;
        int parts = workers.count();
        workers.run(parts, part -> {
            long first = floats * part / parts;
            long last = floats * (part + 1) / parts;
            for (int share = 1; share < pass.shares(); share++) {
                loops.add(sums + 4 * first, sums + share * bytes + 4 * first, last - first);
            }
        });
        long result = Addresses.of(gradient);
        return () -> pass.reorder(sums, result);
    }

    private ConvolutionPass pass(Key key) {
        workers.prepare();
        return plans.get(
                key, wanted -> new ConvolutionPass(wanted.direction(), settings, wanted.shape(), wanted.threads()));
    }

    private Key key(Direction direction, INDArray input) {
        ImageShape shape = new ImageShape((int) input.size(0), (int) input.size(1), (int) input.size(2));
        return new Key(direction, shape, workers.count());
    }

    private long[] outputShape(INDArray input) {
        return new long[] {
            input.size(0),
            Padding.outputSize((int) input.size(1), settings.stride()),
            Padding.outputSize((int) input.size(2), settings.stride()),
            settings.outChannels()
        };
    }
}
