package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.efficientnet4j.kernels.memory.NativeMemory;

/**
 * One thread's whole images. Each image goes through as many units as possible while it is in the cache; where images
 * have become small and weights large, a few go together, so that weights are read less often.
 */
final class Lane implements AutoCloseable {
    /** What a group's activations may take of the second-level cache beside the weights. */
    private static final long GROUP_BYTES = 1024 * 1024;

    private final List<Section> sections = new ArrayList<>();
    private final UnitMemory memory = UnitMemory.of(1);

    Lane(List<UnitPlan> plans, ImageShape images, InferenceLoops loops) {
        ImageShape shape = images;
        int from = 0;
        while (from < plans.size()) {
            int group = group(plans.get(from), shape);
            int end = from;
            ImageShape before = shape;
            while (end < plans.size() && group(plans.get(end), shape) == group) {
                shape = plans.get(end).output(shape);
                end++;
            }
            boolean last = end == plans.size();
            sections.add(new Section(plans.subList(from, end), before, shape, group, last, loops, memory));
            from = end;
        }
    }

    private static int group(UnitPlan plan, ImageShape images) {
        long one = plan.busyBytes(new ImageShape(1, images.height(), images.width()));
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
                List<UnitPlan> plans,
                ImageShape input,
                ImageShape output,
                int group,
                boolean last,
                InferenceLoops loops,
                UnitMemory memory) {
            this.images = input.images();
            this.group = group;
            int outChannels = plans.get(plans.size() - 1).outChannels();
            this.imageIn = Program.bytes(input, inChannels(plans.get(0))) / images;
            this.imageOut = Program.bytes(output, outChannels) / images;
            this.result = last ? null : new NativeMemory(imageOut * images);
            for (int count : new int[] {group, images % group}) {
                if (count > 0) {
                    ImageShape shape = new ImageShape(count, input.height(), input.width());
                    programs.computeIfAbsent(count, any -> new Program(plans, shape, loops, memory));
                }
            }
        }

        private static int inChannels(UnitPlan plan) {
            if (plan instanceof UnitPlan.Block block) {
                return block.first().orElse(block.middle()).settings().inChannels();
            } else if (plan instanceof UnitPlan.Fused fused) {
                return fused.first().orElse(fused.second()).settings().inChannels();
            }
            return plan.outChannels();
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
