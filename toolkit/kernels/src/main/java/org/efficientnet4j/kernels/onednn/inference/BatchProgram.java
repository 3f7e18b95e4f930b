package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.threads.KernelThreads;

/**
 * A network's units for one batch shape: each thread runs an equal number of whole images by itself; the images that are
 * left over, fewer than the threads, are run one by one by all threads together.
 */
public final class BatchProgram implements AutoCloseable {
    private final int images;
    private final int share;
    private final long imageIn;
    private final long imageOut;
    private final List<Lane> lanes = new ArrayList<>();
    private final UnitMemory memory;
    private final Optional<Program> together;

    BatchProgram(List<UnitSteps> units, ImageShape shape, int inChannels, int threads, InferenceLoops loops) {
        this.images = shape.images();
        this.share = images / threads;
        ImageShape one = new ImageShape(1, shape.height(), shape.width());
        this.imageIn = Program.bytes(one, inChannels);
        ImageShape result = one;
        for (UnitSteps unit : units) {
            result = unit.output(result);
        }
        this.imageOut = Program.bytes(result, units.get(units.size() - 1).outChannels());
        for (int thread = 0; thread < threads && share > 0; thread++) {
            lanes.add(new Lane(units, new ImageShape(share, shape.height(), shape.width()), loops));
        }
        this.memory = UnitMemory.of(threads);
        this.together = images % threads == 0 ? Optional.empty() : Optional.of(new Program(units, one, loops, memory));
    }

    void run(long input, long output) {
        KernelThreads threads = KernelThreads.shared();
        long laneIn = share * imageIn;
        long laneOut = share * imageOut;
        if (!lanes.isEmpty()) {
            threads.run(lanes.size(), lane -> lanes.get(lane).run(input + lane * laneIn, output + lane * laneOut));
        }
        for (int image = lanes.size() * share; image < images; image++) {
            together.orElseThrow().run(input + image * imageIn, output + image * imageOut, threads::run);
        }
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        together.ifPresent(Program::close);
        memory.close();
    }
}
