package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.GuardedArrays.Array;
import org.efficientnet4j.kernels.onednn.convolution.BandKernel;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.PassWeights;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.kernels.onednn.winograd.Winograd;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;

/** Winograd's convolutions of many shapes, with the transforms' own matrices. */
final class GuardedWinograd {
    private static final int[] CHANNELS = {1, 5, 16, 24, 33};
    private static final ImageShape[] SHAPES = {
        new ImageShape(1, 3, 3),
        new ImageShape(2, 9, 7),
        new ImageShape(1, 12, 13),
        new ImageShape(3, 5, 6),
        new ImageShape(1, 20, 19),
        new ImageShape(1, 4, 4),
    };

    /** Errors of the points' larger numbers, in those of as many more terms. */
    private static final int TERMS = 8;

    private GuardedWinograd() {}

    static List<GuardedCase> cases() {
        List<GuardedCase> result = new ArrayList<>();
        for (Padding padding : List.of(Padding.NONE, Padding.fixed(1), Padding.fixed(2), Padding.SAME)) {
            for (int in : CHANNELS) {
                for (int i = 0; i < SHAPES.length; i++) {
                    add(result, settings(in, CHANNELS[(in + i) % CHANNELS.length], padding), SHAPES[i]);
                }
            }
        }
        return result;
    }

    private static ConvolutionSettings settings(int in, int out, Padding padding) {
        return new ConvolutionSettings(
                in, out, 3, 1, padding, 1, Activation.NONE, Optional.of(new BatchNorm(1e-3, 0.99)));
    }

    private static void add(List<GuardedCase> cases, ConvolutionSettings settings, ImageShape shape) {
        Band band = Band.split(settings, shape, 1, false).get(0);
        PlainConvolution plain = new PlainConvolution(settings, shape, band);
        for (PostOperations post : List.of(PostOperations.of(Activation.SWISH), PostOperations.sum(Activation.RELU))) {
            cases.add(inference(settings, shape, band, post));
            int rows = band.outputRows();
            if (rows > 2) {
                cases.add(inference(settings, shape, Band.rows(settings, shape, 0, 1, 0, 2), post));
                cases.add(inference(settings, shape, Band.rows(settings, shape, 0, 1, 2, rows), post));
            }
        }
        for (Direction direction : List.of(Direction.FORWARD, Direction.BACKWARD_DATA, Direction.BACKWARD_WEIGHTS)) {
            String name = "Winograd's %s, %s, %d to %d channels, %s"
                    .formatted(direction, settings.padding(), settings.inChannels(), settings.outChannels(), shape);
            cases.add(new GuardedCase(name, arrays -> {
                Winograd winograd = new Winograd(settings, new PlainWinograd());
                try (BandKernel kernel = winograd.band(direction, shape, band);
                        PassWeights weights = winograd.weights(direction, 1)) {
                    if (direction == Direction.BACKWARD_WEIGHTS) {
                        weightGradient(plain, kernel, weights, arrays);
                    } else {
                        images(direction, plain, kernel, weights, arrays);
                    }
                }
            }));
        }
    }

    private static GuardedCase inference(
            ConvolutionSettings settings, ImageShape shape, Band band, PostOperations post) {
        String name = "Winograd's inference with %s, %s, %d to %d channels, %s, rows %d to %d"
                .formatted(
                        post,
                        settings.padding(),
                        settings.inChannels(),
                        settings.outChannels(),
                        shape,
                        band.firstOutputRow(),
                        band.firstOutputRow() + band.outputRows());
        return new GuardedCase(name, arrays -> {
            PlainConvolution plain = new PlainConvolution(settings, shape, band);
            float[] input = GuardedCase.values(plain.inputLength());
            float[] values = GuardedCase.values(plain.weightLength());
            float[] bias = GuardedCase.values(settings.outChannels());
            float[] before = GuardedCase.values(plain.outputLength());
            Array output = post.sum() ? arrays.inOut(before) : arrays.output(plain.outputLength());
            Winograd winograd = new Winograd(settings, new PlainWinograd());
            try (BandKernel kernel = winograd.inference(shape, band, post);
                    PassWeights weights = winograd.weights(Direction.INFER, 1)) {
                Array points = arrays.output(Math.toIntExact(weights.bytes() / 4));
                weights.arrange(Workers.OPEN_MP, arrays.input(values), points.address());
                kernel.infer(arrays.input(input), points.address(), output.address(), arrays.input(bias));
            }
            double[] expected = plain.output(input, values);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += bias[i % bias.length] + (post.sum() ? before[i] : 0);
                expected[i] = post.activation().value(expected[i]);
            }
            GuardedCase.assertClose("output", expected, output.read(), TERMS * plain.outputTerms());
        });
    }

    private static void images(
            Direction direction, PlainConvolution plain, BandKernel kernel, PassWeights weights, GuardedArrays arrays) {
        boolean forward = direction == Direction.FORWARD;
        float[] given = GuardedCase.values(forward ? plain.inputLength() : plain.outputLength());
        float[] values = GuardedCase.values(plain.weightLength());
        Array points = arrays.output(Math.toIntExact(weights.bytes() / 4));
        Array result = arrays.output(forward ? plain.outputLength() : plain.inputLength());
        weights.arrange(Workers.OPEN_MP, arrays.input(values), points.address());
        if (forward) {
            kernel.execute(arrays.input(given), points.address(), result.address());
            GuardedCase.assertClose("output", plain.output(given, values), result.read(), TERMS * plain.outputTerms());
        } else {
            kernel.execute(result.address(), points.address(), arrays.input(given));
            GuardedCase.assertClose(
                    "input gradient",
                    plain.inputGradient(values, given),
                    result.read(),
                    TERMS * plain.inputGradientTerms());
        }
    }

    /** Computed and added once more. */
    private static void weightGradient(
            PlainConvolution plain, BandKernel kernel, PassWeights weights, GuardedArrays arrays) {
        float[] input = GuardedCase.values(plain.inputLength());
        float[] outputGradient = GuardedCase.values(plain.outputLength());
        Array points = arrays.output(Math.toIntExact(weights.bytes() / 4));
        Array gradient = arrays.output(plain.weightLength());
        long from = arrays.input(input);
        long by = arrays.input(outputGradient);
        kernel.execute(from, points.address(), by);
        kernel.add(from, points.address(), by);
        weights.arrange(Workers.OPEN_MP, points.address(), gradient.address());
        double[] expected = plain.weightGradient(input, outputGradient);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        GuardedCase.assertClose("weight gradient", expected, gradient.read(), TERMS * plain.weightGradientTerms());
    }
}
