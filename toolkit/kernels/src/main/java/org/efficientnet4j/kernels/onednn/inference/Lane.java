package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;

/**
 * One thread's whole images. Each image goes through as many units as possible while it is in the cache; where images
 * have become small and weights large, a few go together, so that weights are read less often.
 */
public final class Lane implements AutoCloseable {
    /** Bytes of the second-level cache for a group's activations, beside the weights. */
    private static final long GROUP_BYTES = 1024 * 1024;

    private final List<Section> sections = new ArrayList<>();
    private final UnitMemory memory = UnitMemory.of(1);

    Lane(List<UnitSteps> units, ImageShape images, InferenceLoops loops) {
        ImageShape shape = images;
        int from = 0;
        while (from < units.size()) {
            int group = group(units.get(from), shape);
            int end = from;
            ImageShape before = shape;
            while (end < units.size() && group(units.get(end), shape) == group) {
                shape = units.get(end).output(shape);
                end++;
            }
            boolean last = end == units.size();
            sections.add(new Section(units.subList(from, end), before, shape, group, last, loops, memory));
            from = end;
        }
    }

    private static int group(UnitSteps unit, ImageShape images) {
        long one = unit.busyBytes(new ImageShape(1, images.height(), images.width()));
        long fitting = Math.max(1, Math.min(images.images(), GROUP_BYTES / one));
        return (int) Long.highestOneBit(fitting);
    }

    void run(long input, long output) {
        long from = input;
        for (Section section : sections) {
            from = section.run(from, output);
        }
    }

    @Override
    public void close() {
        sections.forEach(Section::close);
        memory.close();
    }

    /** Units that images go through in groups of one size. */
    private static final class Section implements AutoCloseable {
        private final int images;
        private final int group;
        private final long imageIn;
        private final long imageOut;
        private final Map<Integer, Program> programs = new HashMap<>();
        private final NativeMemory result;

        Section(
                List<UnitSteps> units,
                ImageShape input,
                ImageShape output,
                int group,
                boolean last,
                InferenceLoops loops,
                UnitMemory memory) {
            this.images = input.images();
            this.group = group;
            int outChannels = units.get(units.size() - 1).outChannels();
            this.imageIn = Program.bytes(input, inChannels(units.get(0))) / images;
            this.imageOut = Program.bytes(output, outChannels) / images;
            this.result = last ? null : new NativeMemory(imageOut * images);
            for (int count : new int[] {group, images % group}) {
                if (count > 0) {
                    ImageShape shape = new ImageShape(count, input.height(), input.width());
                    programs.computeIfAbsent(count, any -> new Program(units, shape, loops, memory));
                }
            }
        }

        private static int inChannels(UnitSteps unit) {
            if (unit instanceof UnitSteps.Block block) {
                return block.first().orElse(block.middle()).settings().inChannels();
            } else if (unit instanceof UnitSteps.Fused fused) {
                return fused.first().orElse(fused.second()).settings().inChannels();
            }
            return unit.outChannels();
        }

        /** Returns where the result lies. */
        long run(long input, long output) {
            long to = result == null ? output : result.address();
            for (int done = 0; done < images; done += group) {
                programs.get(Math.min(group, images - done))
                        .run(input + done * imageIn, to + done * imageOut, Section::alone);
            }
            return to;
        }

        private static void alone(int parts, IntConsumer part) {
            part.accept(0);
        }

        @Override
        public void close() {
            programs.values().forEach(Program::close);
            if (result != null) {
                result.close();
            }
        }
    }
}
