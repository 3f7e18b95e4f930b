package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/** Units in a row, compiled, with the memory between them: two places that take turns. */
public final class Program implements AutoCloseable {
    private final int parts;
    private final List<InferenceUnit> units = new ArrayList<>();
    private final List<Boolean> inPlace = new ArrayList<>();
    private final NativeMemory even;
    private final NativeMemory odd;

    /**
     * Compiles units.
     *
     * @param memory for the units to work in, of as many parts as threads work on the same images
     */
    Program(List<UnitSteps> steps, ImageShape input, InferenceLoops loops, UnitMemory memory) {
        this.parts = memory.bands().size();
        ImageShape shape = input;
        long largest = 0;
        for (UnitSteps step : steps) {
            boolean last = units.size() == steps.size() - 1;
            inPlace.add(step.inPlace() && !units.isEmpty() && !last);
            units.add(step.compile(shape, loops, memory));
            shape = step.output(shape);
            if (!last) {
                largest = Math.max(largest, bytes(shape, step.outChannels()));
            }
        }
        memory.allocate();
        even = new NativeMemory(largest);
        odd = new NativeMemory(largest);
    }

    /** Who runs the parts of a round. */
    @FunctionalInterface
    interface Rounds {
        /** Runs every part once and returns when all are done. */
        void run(int parts, IntConsumer part);
    }

    /** The bytes of float32 images. */
    static long bytes(ImageShape shape, int channels) {
        return 4L * shape.images() * shape.height() * shape.width() * channels;
    }

    /** Runs all units. */
    void run(long input, long output, Rounds rounds) {
        long from = input;
        for (int i = 0; i < units.size(); i++) {
            InferenceUnit unit = units.get(i);
            long other = from == even.address() ? odd.address() : even.address();
            long here = from;
            long to = i == units.size() - 1 ? output : inPlace.get(i) ? from : other;
            for (int round = 0; round < unit.rounds(); round++) {
                int current = round;
                rounds.run(parts, part -> unit.run(current, part, here, to));
            }
            from = to;
        }
    }

    @Override
    public void close() {
        units.forEach(InferenceUnit::close);
        even.close();
        odd.close();
    }
}
