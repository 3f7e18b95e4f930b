package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.GuardedArrays.Array;
import org.efficientnet4j.kernels.onednn.convolution.BandConvolution;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPrimitives;
import org.efficientnet4j.kernels.onednn.convolution.WeightReorder;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;

/** Convolutions of many shapes: whole images and bands of rows, all directions. */
final class GuardedConvolutions {
    private static final int[] KERNELS = {1, 2, 3, 5, 7, 11};
    private static final int[] STRIDES = {1, 2, 4};
    private static final int[] LARGE = {40, 64, 96, 144};
    private static final int[] OUT_CHANNELS = {1, 3, 8, 10, 16, 24, 33, 40};
    private static final ImageShape[] SHAPES = {
        new ImageShape(1, 8, 8),
        new ImageShape(2, 9, 7),
        new ImageShape(1, 1, 1),
        new ImageShape(1, 12, 13),
        new ImageShape(3, 5, 6),
        new ImageShape(1, 20, 19),
        new ImageShape(1, 2, 3),
    };

    private GuardedConvolutions() {}

    static List<GuardedCase> cases() {
        List<GuardedCase> result = new ArrayList<>();
        for (int kernel : KERNELS) {
            for (int stride : STRIDES) {
                for (Padding padding : Padding.ADAPTING) {
                    for (int channels : channels()) {
                        add(result, channels, kernel, stride, padding);
                    }
                }
            }
        }
        return result;
    }

    private static List<Integer> channels() {
        List<Integer> result = new ArrayList<>();
        for (int channels = 1; channels <= 33; channels++) {
            result.add(channels);
        }
        for (int channels : LARGE) {
            result.add(channels);
        }
        return result;
    }

    private static void add(List<GuardedCase> cases, int channels, int kernel, int stride, Padding padding) {
        for (int i = 0; i < 2; i++) {
            int out = OUT_CHANNELS[(channels + 3 * i + kernel) % OUT_CHANNELS.length];
            ImageShape shape = SHAPES[(channels + 2 * i + stride + kernel) % SHAPES.length];
            addBands(cases, settings(channels, out, kernel, stride, false, padding), shape);
            if (kernel % 2 == 1) {
                // oneDNN refuses weight gradients of even depthwise kernels, which settings have none of.
                ImageShape other = SHAPES[(channels + 2 * i + stride + kernel + 1) % SHAPES.length];
                addBands(cases, settings(channels, channels, kernel, stride, true, padding), other);
            }
        }
    }

    private static ConvolutionSettings settings(
            int in, int out, int kernel, int stride, boolean depthwise, Padding padding) {
        return new ConvolutionSettings(
                in,
                out,
                kernel,
                stride,
                padding,
                depthwise ? in : 1,
                Activation.NONE,
                Optional.of(new BatchNorm(1e-3, 0.99)));
    }

    private static void addBands(List<GuardedCase> cases, ConvolutionSettings settings, ImageShape shape) {
        Band whole = Band.split(settings, shape, 1, false).get(0);
        for (Direction direction : Direction.values()) {
            if (direction != Direction.INFER) {
                cases.add(training(direction, settings, shape, whole));
            }
        }
        int rows = whole.outputRows();
        cases.add(inference(settings, shape, whole, PostOperations.of(Activation.SWISH)));
        if (rows > 2) {
            int third = rows / 3;
            cases.add(inference(settings, shape, rows(settings, shape, 0, third), PostOperations.NONE));
            cases.add(inference(settings, shape, rows(settings, shape, third, rows - third), PostOperations.NONE));
            PostOperations last =
                    settings.depthwise() ? PostOperations.of(Activation.SWISH) : PostOperations.sum(Activation.NONE);
            cases.add(inference(settings, shape, rows(settings, shape, rows - third, rows), last));
        }
    }

    private static Band rows(ConvolutionSettings settings, ImageShape shape, int first, int end) {
        return Band.rows(settings, shape, 0, 1, first, end);
    }

    private static String name(String direction, ConvolutionSettings s, ImageShape shape, Band band) {
        return "%s of a%s convolution: kernel %d, stride %d, %s, %d to %d channels, %d images of %d x %d, output rows %d to %d"
                .formatted(
                        direction,
                        s.depthwise() ? " depthwise" : "",
                        s.kernel(),
                        s.stride(),
                        s.padding(),
                        s.inChannels(),
                        s.outChannels(),
                        band.images(),
                        shape.height(),
                        shape.width(),
                        band.firstOutputRow(),
                        band.firstOutputRow() + band.outputRows());
    }

    private static GuardedCase training(
            Direction direction, ConvolutionSettings settings, ImageShape shape, Band band) {
        return new GuardedCase(name(direction.name(), settings, shape, band), arrays -> {
            PlainConvolution plain = new PlainConvolution(settings, shape, band);
            try (Layout any = ConvolutionPrimitives.anyWeights(settings);
                    BandConvolution convolution = BandConvolution.of(direction, settings, shape, band, any)) {
                switch (direction) {
                    case FORWARD -> forward(plain, settings, convolution, arrays);
                    case BACKWARD_DATA -> inputGradient(plain, settings, convolution, arrays);
                    case BACKWARD_WEIGHTS -> weightGradient(plain, settings, convolution, arrays);
                    case INFER -> throw new IllegalArgumentException("Inference is no direction of training");
                }
            }
        });
    }

    private static void forward(
            PlainConvolution plain, ConvolutionSettings settings, BandConvolution convolution, GuardedArrays arrays) {
        float[] input = GuardedCase.values(plain.inputLength());
        float[] weights = GuardedCase.values(plain.weightLength());
        Array output = arrays.output(plain.outputLength());
        long arranged = arranged(settings, convolution, weights, arrays);
        convolution.execute(arrays.input(input), arranged, output.address());
        GuardedCase.assertClose("output", plain.output(input, weights), output.read(), plain.outputTerms());
    }

    private static void inputGradient(
            PlainConvolution plain, ConvolutionSettings settings, BandConvolution convolution, GuardedArrays arrays) {
        float[] outputGradient = GuardedCase.values(plain.outputLength());
        float[] weights = GuardedCase.values(plain.weightLength());
        // Cleared as in training: pixels that no kernel reads are left as they are.
        Array gradient = settings.stride() > settings.kernel()
                ? arrays.inOut(new float[plain.inputLength()])
                : arrays.output(plain.inputLength());
        long arranged = arranged(settings, convolution, weights, arrays);
        convolution.execute(gradient.address(), arranged, arrays.input(outputGradient));
        GuardedCase.assertClose(
                "input gradient",
                plain.inputGradient(weights, outputGradient),
                gradient.read(),
                plain.inputGradientTerms());
    }

    private static void weightGradient(
            PlainConvolution plain, ConvolutionSettings settings, BandConvolution convolution, GuardedArrays arrays) {
        float[] input = GuardedCase.values(plain.inputLength());
        float[] outputGradient = GuardedCase.values(plain.outputLength());
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings);
                Layout layout = convolution.weights();
                WeightReorder reorder = new WeightReorder(layout, stored, 3)) {
            Array arranged = arrays.output(Math.toIntExact(layout.bytes() / 4));
            Array gradient = arrays.output(plain.weightLength());
            convolution.execute(arrays.input(input), arranged.address(), arrays.input(outputGradient));
            reorder.run(arranged.address(), gradient.address());
            GuardedCase.assertClose(
                    "weight gradient",
                    plain.weightGradient(input, outputGradient),
                    gradient.read(),
                    plain.weightGradientTerms());
        }
    }

    private static GuardedCase inference(
            ConvolutionSettings settings, ImageShape shape, Band band, PostOperations post) {
        return new GuardedCase(name("INFER with " + post, settings, shape, band), arrays -> {
            PlainConvolution plain = new PlainConvolution(settings, shape, band);
            float[] input = GuardedCase.values(plain.inputLength());
            float[] weights = GuardedCase.values(plain.weightLength());
            float[] bias = GuardedCase.values(settings.outChannels());
            float[] before = GuardedCase.values(plain.outputLength());
            Array output = post.sum() ? arrays.inOut(before) : arrays.output(plain.outputLength());
            try (BandConvolution convolution = BandConvolution.inference(settings, shape, band, post)) {
                long arranged = arranged(settings, convolution, weights, arrays);
                convolution.infer(arrays.input(input), arranged, output.address(), arrays.input(bias));
            }
            double[] expected = plain.output(input, weights);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += bias[i % bias.length] + (post.sum() ? before[i] : 0);
                expected[i] = post.activation().value(expected[i]);
            }
            GuardedCase.assertClose("output", expected, output.read(), plain.outputTerms());
        });
    }

    private static long arranged(
            ConvolutionSettings settings, BandConvolution convolution, float[] weights, GuardedArrays arrays) {
        try (Layout stored = ConvolutionPrimitives.storedWeights(settings);
                Layout layout = convolution.weights();
                WeightReorder reorder = new WeightReorder(stored, layout, 3)) {
            Array arranged = arrays.output(Math.toIntExact(layout.bytes() / 4));
            reorder.run(arrays.input(weights), arranged.address());
            return arranged.address();
        }
    }
}
