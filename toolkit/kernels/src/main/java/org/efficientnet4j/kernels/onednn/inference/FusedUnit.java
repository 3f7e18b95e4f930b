package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/** One convolution or two in a row by bands of rows, and the residual's sum on each band while it is in the cache. */
public final class FusedUnit implements InferenceUnit {
    private final boolean swish;
    private final boolean residual;
    private final InferenceLoops loops;
    private final List<RowConvolution> convolutions = new ArrayList<>();
    private final List<RolledConvolutions> parts = new ArrayList<>();
    private final long rowFloats;

    FusedUnit(UnitSteps.Fused steps, ImageShape input, InferenceLoops loops, UnitMemory memory) {
        this.swish = RowConvolution.leavesActivation(steps.second().settings());
        this.residual = steps.residual();
        this.loops = loops;
        ImageShape output = steps.output(input);
        this.rowFloats = (long) output.images() * output.width() * steps.outChannels();
        int count = memory.bands().size();
        for (int part = 0; part < count; part++) {
            Optional<RowConvolution> first =
                    steps.first().map(convolution -> new RowConvolution(convolution, input, loops));
            ImageShape between = first.map(RowConvolution::output).orElse(input);
            RowConvolution second = new RowConvolution(steps.second(), between, loops);
            first.ifPresent(convolutions::add);
            convolutions.add(second);
            int from = Band.share(output.height(), part, count);
            int end = Band.share(output.height(), part + 1, count);
            parts.add(new RolledConvolutions(
                    first, second, from, end, memory.bands().get(part), loops));
        }
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void run(int round, int part, long input, long output) {
        parts.get(part).run(input, output, (firstRow, rows) -> {
            // Several images are one band, so that their rows follow each other.
            long at = 4L * firstRow * rowFloats;
            if (swish) {
                loops.swish(output + at, rows * rowFloats);
            }
            if (residual) {
                loops.add(output + at, input + at, rows * rowFloats);
            }
        });
    }

    @Override
    public void close() {
        convolutions.forEach(RowConvolution::close);
    }
}
