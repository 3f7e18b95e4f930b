package org.efficientnet4j.kernels.onednn.loops;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.plan.Activation;

/** Pixel loops by oneDNN's poolings and elementwise operations. */
public final class PlainPixelLoops implements PixelLoops {
    private static final int SHAPES = 16;

    private final PrimitiveCache<Key, Primitive> primitives = new PrimitiveCache<>(SHAPES);

    private final PrimitiveCache<Shape, Elementwise> activations = new PrimitiveCache<>(SHAPES);

    private record Shape(Activation activation, int images, long floats) {}

    private enum Operation {
        MEAN,
        PRODUCT,
        SCALE,
        SHIFT,
        SUM
    }

    private record Key(Operation operation, int images, int pixels, int channels) {}

    @Override
    public PixelLoops byCaller() {
        return this;
    }

    @Override
    public void mean(long x, long result, int images, int pixels, int channels) {
        execute(new Key(Operation.MEAN, images, pixels, channels), x, result);
    }

    @Override
    public void dot(long x, long y, long result, long work, int images, int pixels, int channels) {
        execute(new Key(Operation.PRODUCT, images, pixels, channels), x, y, work);
        mean(work, result, images, pixels, channels);
        multiply(result, images * channels, pixels);
    }

    private static void multiply(long values, int count, float factor) {
        FloatBuffer buffer = Addresses.floats(values, count);
        for (int i = 0; i < count; i++) {
            buffer.put(i, buffer.get(i) * factor);
        }
    }

    @Override
    public void scale(long x, long factor, long result, int images, int pixels, int channels) {
        execute(new Key(Operation.SCALE, images, pixels, channels), x, factor, result);
    }

    @Override
    public void scaleAndShift(
            long x, long factor, long summand, float share, long result, int images, int pixels, int channels) {
        scale(x, factor, result, images, pixels, channels);
        multiply(summand, images * channels, share);
        execute(new Key(Operation.SHIFT, images, pixels, channels), result, summand, result);
    }

    @Override
    public void throughSigmoid(long gate, long gradient, int floats) {
        FloatBuffer gates = Addresses.floats(gate, floats);
        FloatBuffer gradients = Addresses.floats(gradient, floats);
        for (int i = 0; i < floats; i++) {
            gradients.put(i, gradients.get(i) * gates.get(i) * (1 - gates.get(i)));
        }
    }

    @Override
    public void spread(long values, float share, long result, int images, int pixels, int channels) {
        float[] pixel = new float[channels];
        long rowBytes = 4L * channels;
        for (int image = 0; image < images; image++) {
            Addresses.floats(values + image * rowBytes, channels).get(pixel);
            for (int c = 0; c < channels; c++) {
                pixel[c] *= share;
            }
            FloatBuffer rows = Addresses.floats(result + (long) image * pixels * rowBytes, pixels * channels);
            for (int row = 0; row < pixels; row++) {
                rows.put(pixel);
            }
        }
    }

    @Override
    public void addScaled(
            long x, float[] factors, long shortcut, Activation activation, long result, int images, long floats) {
        scaleImages(x, factors, result, images, floats);
        Key key = new Key(Operation.SUM, images, Math.toIntExact(floats), 1);
        execute(key, result, shortcut, result);
        Workers.OPEN_MP.run(1, share -> activation(activation, images, floats).apply(result));
    }

    @Override
    public void throughSum(
            long x,
            float[] factors,
            long shortcut,
            Activation activation,
            long epsilon,
            long copy,
            long result,
            int images,
            long floats) {
        addScaled(x, factors, shortcut, Activation.NONE, copy, images, floats);
        Addresses.copy(epsilon, result, 4L * images * floats);
        Workers.OPEN_MP.run(1, share -> activation(activation, images, floats).gradient(copy, result, copy));
        scaleImages(copy, factors, result, images, floats);
    }

    @Override
    public void throughPlainSum(
            long x,
            long shortcut,
            long sum,
            Activation activation,
            long epsilon,
            long result,
            int images,
            long floats) {
        long bytes = 4L * images * floats;
        Addresses.copy(epsilon, result, bytes);
        if (activation != Activation.NONE) {
            long again = ThreadScratch.address(Purpose.OUTPUT_GRADIENT, bytes);
            Key key = new Key(Operation.SUM, images, Math.toIntExact(floats), 1);
            execute(key, x, shortcut, again);
            Workers.OPEN_MP.run(
                    1, share -> activation(activation, images, floats).gradient(again, result, result));
        }
    }

    private Elementwise activation(Activation activation, int images, long floats) {
        return activations.get(new Shape(activation, images, floats), key -> {
            try (Layout data = Layout.vector(images * floats)) {
                return new Elementwise(activation, data);
            }
        });
    }

    @Override
    public void copyAndScale(long x, float[] factors, long copy, long result, int images, long floats) {
        Addresses.copy(x, copy, 4L * images * floats);
        scaleImages(x, factors, result, images, floats);
    }

    private void scaleImages(long x, float[] factors, long result, int images, long floats) {
        long scratch = ThreadScratch.address(Purpose.VECTORS, 4L * images);
        Addresses.floats(scratch, images).put(Arrays.copyOf(factors, images));
        execute(new Key(Operation.SCALE, images, Math.toIntExact(floats), 1), x, scratch, result);
    }

    @Override
    public void close() {
        primitives.close();
        activations.close();
    }

    private void execute(Key key, long... addresses) {
        Workers.OPEN_MP.prepare();
        Primitive primitive = primitives.get(key, PlainPixelLoops::create);
        Workers.OPEN_MP.run(1, share -> primitive.execute(addresses));
    }

    private static Primitive create(Key key) {
        try (Layout data = Layout.nhwc(key.images(), key.channels(), key.pixels(), 1);
                Layout perImage = Layout.nhwc(key.images(), key.channels(), 1, 1)) {
            return switch (key.operation()) {
                case MEAN -> Primitives.meanOverPixels(data, perImage, key.pixels(), 1);
                case PRODUCT -> Primitives.elementwiseProduct(data, data);
                case SCALE -> Primitives.elementwiseProduct(data, perImage);
                case SHIFT -> Primitives.sum(data, perImage);
                case SUM -> Primitives.sum(data, data);
            };
        }
    }
}
