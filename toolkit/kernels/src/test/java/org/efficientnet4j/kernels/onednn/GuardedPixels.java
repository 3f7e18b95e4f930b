package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.efficientnet4j.kernels.onednn.GuardedArrays.Array;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.plan.Activation;

/** Pooling, elementwise operations, activations and batch norm on NHWC images, as the kernels ask for them. */
final class GuardedPixels {
    private static final int[] PIXELS = {1, 5, 49};
    private static final int[] LARGE = {40, 64, 144};
    private static final double EPSILON = 1e-3;

    private final int images;
    private final int pixels;
    private final int channels;
    private final float[] data;
    private final float[] perImage;

    private GuardedPixels(int images, int pixels, int channels) {
        this.images = images;
        this.pixels = pixels;
        this.channels = channels;
        this.data = GuardedCase.values(images * pixels * channels);
        this.perImage = GuardedCase.values(images * channels);
    }

    static List<GuardedCase> cases() {
        List<GuardedCase> result = new ArrayList<>();
        for (int channels = 1; channels <= 33; channels++) {
            add(result, channels);
        }
        for (int channels : LARGE) {
            add(result, channels);
        }
        return result;
    }

    private static void add(List<GuardedCase> cases, int channels) {
        for (int i = 0; i < PIXELS.length; i++) {
            GuardedPixels shape = new GuardedPixels(1 + (channels + i) % 3, PIXELS[i], channels);
            cases.add(shape.named("mean over pixels", shape::mean));
            cases.add(shape.named("elementwise product", arrays -> shape.binary(true, false, arrays)));
            cases.add(shape.named("scale by image and channel", arrays -> shape.binary(true, true, arrays)));
            cases.add(shape.named("sum", arrays -> shape.binary(false, false, arrays)));
            cases.add(
                    shape.named("sum with a number an image and channel", arrays -> shape.binary(false, true, arrays)));
            for (Activation activation : Activation.values()) {
                List<Elementwise.Step> steps = Elementwise.steps(activation);
                if (steps.size() == 1) {
                    cases.add(shape.named(
                            activation + " and its gradient",
                            arrays -> shape.elementwise(steps.get(0), activation, arrays)));
                }
            }
            cases.add(shape.named("batch norm and its gradient", shape::batchNorm));
        }
    }

    private GuardedCase named(String operation, Consumer<GuardedArrays> run) {
        return new GuardedCase(
                "%s: %d images, %d pixels, %d channels".formatted(operation, images, pixels, channels), run);
    }

    private Layout layout() {
        return Layout.nhwc(images, channels, pixels, 1);
    }

    private int imageAndChannel(int index) {
        return index / (pixels * channels) * channels + index % channels;
    }

    private void mean(GuardedArrays arrays) {
        Array result = arrays.output(images * channels);
        try (Layout from = layout();
                Layout to = Layout.nhwc(images, channels, 1, 1);
                Primitive mean = Primitives.meanOverPixels(from, to, pixels, 1)) {
            mean.execute(arrays.input(data), result.address());
        }
        double[] expected = new double[images * channels];
        for (int i = 0; i < data.length; i++) {
            expected[imageAndChannel(i)] += data[i] / (double) pixels;
        }
        GuardedCase.assertClose("mean", expected, result.read(), 1);
    }

    private void binary(boolean product, boolean broadcast, GuardedArrays arrays) {
        float[] other = broadcast ? perImage : GuardedCase.values(data.length + 1);
        Array result = arrays.output(data.length);
        Array inPlace = arrays.inOut(data);
        long right = arrays.input(other);
        try (Layout left = layout();
                Layout rightLayout = broadcast ? Layout.nhwc(images, channels, 1, 1) : layout();
                Primitive operation = product
                        ? Primitives.elementwiseProduct(left, rightLayout)
                        : Primitives.sum(left, rightLayout)) {
            operation.execute(arrays.input(data), right, result.address());
            operation.execute(inPlace.address(), right, inPlace.address());
        }
        double[] expected = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            double second = other[broadcast ? imageAndChannel(i) : i];
            expected[i] = product ? data[i] * second : data[i] + second;
        }
        GuardedCase.assertClose("result", expected, result.read(), 1);
        GuardedCase.assertClose("result in place", expected, inPlace.read(), 1);
    }

    private void elementwise(Elementwise.Step step, Activation activation, GuardedArrays arrays) {
        float[] given = GuardedCase.values(data.length + 1);
        float[] gradient = Arrays.copyOf(given, data.length);
        Array result = arrays.output(data.length);
        Array back = arrays.inOut(gradient);
        try (Layout layout = layout();
                Primitive forward = Primitives.elementwise(step, layout);
                Primitive backward = Primitives.elementwiseBackward(step, forward, layout)) {
            forward.execute(arrays.input(data), result.address());
            backward.execute(arrays.input(data), back.address(), back.address());
        }
        double[] expected = new double[data.length];
        double[] expectedBack = new double[data.length];
        for (int i = 0; i < data.length; i++) {
            expected[i] = activation.value(data[i]);
            expectedBack[i] = gradient[i] * activation.slope(data[i]);
        }
        GuardedCase.assertClose(activation + "", expected, result.read(), 1);
        GuardedCase.assertClose(activation + "'s gradient", expectedBack, back.read(), 1);
    }

    private void batchNorm(GuardedArrays arrays) {
        float[] gamma = GuardedCase.values(channels);
        float[] beta = GuardedCase.values(channels + 1);
        float[] gradient = GuardedCase.values(data.length + 2);
        PlainBatchNorm plain = new PlainBatchNorm(data, gamma, beta, gradient, EPSILON);
        Array result = arrays.output(data.length);
        Array repeated = arrays.output(data.length);
        Array mean = arrays.output(channels);
        Array variance = arrays.output(channels);
        Array back = arrays.output(data.length);
        Array gammaGradient = arrays.output(channels);
        Array betaGradient = arrays.output(channels);
        long from = arrays.input(data);
        long scale = arrays.input(gamma);
        long shift = arrays.input(Arrays.copyOf(beta, channels));
        try (Layout layout = layout();
                Primitive forward = Primitives.batchNorm(layout, EPSILON, false);
                Primitive given = Primitives.batchNorm(layout, EPSILON, true);
                Primitive backward = Primitives.batchNormBackward(forward, layout, EPSILON)) {
            forward.execute(from, result.address(), scale, shift, mean.address(), variance.address());
            given.execute(from, repeated.address(), scale, shift, mean.address(), variance.address());
            backward.execute(
                    from,
                    arrays.input(Arrays.copyOf(gradient, data.length)),
                    back.address(),
                    scale,
                    shift,
                    mean.address(),
                    variance.address(),
                    gammaGradient.address(),
                    betaGradient.address());
        }
        // Few numbers with little variance: the largest factor is 1 / sqrt(EPSILON).
        int terms = 1000 + 10 * images * pixels;
        GuardedCase.assertClose("mean", plain.mean, mean.read(), terms);
        GuardedCase.assertClose("variance", plain.variance, variance.read(), terms);
        GuardedCase.assertClose("result", plain.result, result.read(), terms);
        GuardedCase.assertClose("result by given statistics", plain.result, repeated.read(), terms);
        GuardedCase.assertClose("gamma's gradient", plain.gammaGradient, gammaGradient.read(), terms);
        GuardedCase.assertClose("beta's gradient", plain.betaGradient, betaGradient.read(), terms);
        GuardedCase.assertClose("input gradient", plain.inputGradient, back.read(), terms);
    }
}
