package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;

/**
 * A block of two or three convolutions: MBConv, or a residual network's. First round: all but the last convolution by bands
 * of rows, the sums that squeeze-excite needs while a band is in the cache, and the shortcut's projection. Second round:
 * each part computes the gate for itself, multiplies it into the last convolution's weights (or into the pixels, where they
 * are fewer) and convolves its rows, onto the shortcut if there is one.
 */
public final class BlockUnit implements InferenceUnit {
    private final UnitSteps.Block steps;
    private final ImageShape input;
    private final ImageShape output;
    private final int channels;
    private final InferenceLoops loops;
    private final SharedScratch middle;
    private final List<Part> parts = new ArrayList<>();

    BlockUnit(UnitSteps.Block steps, ImageShape input, InferenceLoops loops, UnitMemory memory) {
        this.steps = steps;
        this.input = input;
        this.output = steps.output(input);
        this.channels = steps.middle().settings().outChannels();
        this.loops = loops;
        this.middle = memory.middle();
        middle.reserve(Program.bytes(output, channels));
        int count = memory.bands().size();
        for (int part = 0; part < count; part++) {
            int from = Band.share(output.height(), part, count);
            int end = Band.share(output.height(), part + 1, count);
            parts.add(new Part(from, end, memory.bands().get(part)));
        }
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void run(int round, int part, long from, long to) {
        if (round == 0) {
            parts.get(part).convolve(from, to);
        } else {
            parts.get(part).project(from, to);
        }
    }

    @Override
    public void close() {
        parts.forEach(Part::close);
    }

    /** The sums over pixels of all images, added in the parts' order. */
    private double[] sums() {
        double[] result = new double[output.images() * channels];
        for (Part part : parts) {
            for (int i = 0; i < result.length; i++) {
                result[i] += part.sums[i];
            }
        }
        return result;
    }

    /** One thread's rows. */
    private final class Part implements AutoCloseable {
        private final int rows;
        private final int firstRow;
        private final Optional<RowConvolution> expand;
        private final RowConvolution depthwise;
        private final RowConvolution project;
        private final RolledConvolutions convolutions;
        private final Optional<RowConvolution> projection;
        private final Optional<Band> band;
        private final Optional<Band> projectedBand;
        private final Optional<SqueezeExciteGate> gate;
        private final Optional<InputScaledWeights> scaled;
        private final double[] sums = new double[output.images() * channels];

        Part(int firstRow, int endRow, SharedScratch bands) {
            this.rows = endRow - firstRow;
            this.firstRow = firstRow;
            expand = steps.first().map(convolution -> new RowConvolution(convolution, input, loops));
            depthwise = new RowConvolution(steps.middle(), steps.expanded(input), loops);
            project = steps.shortcut()
                    .map(shortcut ->
                            new RowConvolution(steps.last(), output, loops, PostOperations.sum(shortcut.activation())))
                    .orElseGet(() -> new RowConvolution(steps.last(), output, loops));
            projection = steps.shortcut()
                    .flatMap(UnitSteps.Shortcut::projection)
                    .map(convolution -> new RowConvolution(convolution, input, loops));
            convolutions = new RolledConvolutions(expand, depthwise, firstRow, endRow, bands, loops);
            band = rows > 0 ? Optional.of(project.band(firstRow, endRow)) : Optional.empty();
            projectedBand = rows > 0 ? projection.map(shortcut -> shortcut.band(firstRow, endRow)) : Optional.empty();
            gate = steps.gate().map(step -> new SqueezeExciteGate(step, output.images()));
            boolean fewWeights = output.images() == 1 && steps.outChannels() < rows * output.width();
            scaled = gate.isPresent() && fewWeights
                    ? InputScaledWeights.of(project, band.orElseThrow(), loops)
                    : Optional.empty();
        }

        void convolve(long from, long to) {
            Arrays.fill(sums, 0);
            convolutions.run(from, middle.address(), this::finish);
            projectedBand.ifPresent(rowsOfOurs -> {
                RowConvolution shortcut = projection.orElseThrow();
                shortcut.run(
                        rowsOfOurs,
                        from + rowsOfOurs.firstInputRow() * shortcut.inputRowBytes(),
                        to + firstRow * shortcut.outputRowBytes());
            });
        }

        private void finish(int first, int count) {
            int pixels = count * output.width();
            boolean swish = RowConvolution.leavesActivation(steps.middle().settings());
            forEachImage(first, count, (address, image) -> {
                if (gate.isPresent() && swish) {
                    loops.swishAndAddPixels(address, pixels, channels, sums, image * channels);
                } else if (gate.isPresent()) {
                    loops.addPixels(address, pixels, channels, sums, image * channels);
                } else if (swish) {
                    loops.swish(address, (long) pixels * channels);
                }
            });
        }

        void project(long from, long to) {
            if (band.isEmpty()) {
                return;
            }
            Band rowsOfOurs = band.get();
            long start = to + firstRow * project.outputRowBytes();
            if (steps.shortcut().isPresent() && projection.isEmpty() && from != to) {
                long bytes = rows * project.outputRowBytes() * output.images();
                Addresses.copy(from + firstRow * project.outputRowBytes(), start, bytes);
            }
            long weights = project.weights(rowsOfOurs);
            if (gate.isPresent()) {
                float[] factors = gate.get().factors(sums(), output.height() * output.width());
                if (scaled.isPresent()) {
                    weights = scaled.get().scaled(weights, factors);
                } else {
                    forEachImage(
                            firstRow,
                            rows,
                            (address, image) -> loops.scalePixels(
                                    address, rows * output.width(), channels, factors, image * channels));
                }
            }
            long source = middle.address() + rowsOfOurs.firstInputRow() * project.inputRowBytes();
            project.run(rowsOfOurs, source, start, weights);
        }

        private void forEachImage(int first, int count, ImageBody body) {
            if (count == 0) {
                return;
            }
            long row = project.inputRowBytes();
            for (int image = 0; image < output.images(); image++) {
                body.accept(middle.address() + ((long) image * output.height() + first) * row, image);
            }
        }

        @Override
        public void close() {
            expand.ifPresent(RowConvolution::close);
            depthwise.close();
            project.close();
            projection.ifPresent(RowConvolution::close);
            gate.ifPresent(SqueezeExciteGate::close);
            scaled.ifPresent(InputScaledWeights::close);
        }
    }

    /** Some rows of one image. */
    @FunctionalInterface
    private interface ImageBody {
        void accept(long address, int image);
    }
}
