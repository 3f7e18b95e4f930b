package org.efficientnet4j.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;

/**
 * One line of a model's summary.
 *
 * @param name {@code stem}, {@code stage1} ..., {@code head} or {@code classifier}
 * @param operator what it is made of
 * @param blocks how many of them follow one another
 * @param kernel side of the spatial kernel in pixels
 * @param stride the first block's stride
 * @param channels output channels
 * @param output height and width of the output in pixels
 * @param parameters trainable parameters
 */
record StageRow(
        String name, String operator, int blocks, int kernel, int stride, int channels, int output, long parameters) {
    /** Every line of a network's summary, in order. */
    static List<StageRow> of(ScaledArchitecture architecture, int classes, int size) {
        List<StageRow> rows = new ArrayList<>();
        int current = size;
        rows.add(convolution(architecture.stem(), current));
        current = rows.get(0).output();
        Map<Integer, List<BlockPlan>> stages = new LinkedHashMap<>();
        for (BlockPlan block : architecture.blocks()) {
            stages.computeIfAbsent(block.stage(), stage -> new ArrayList<>()).add(block);
        }
        for (List<BlockPlan> stage : stages.values()) {
            StageRow row = stage(stage, current);
            rows.add(row);
            current = row.output();
        }
        StageRow head = convolution(architecture.head(), current);
        rows.add(head);
        rows.add(new StageRow("classifier", "pooling, dense", 1, 1, 1, classes, 1, classes * (head.channels() + 1L)));
        return rows;
    }

    private static StageRow convolution(ConvolutionPlan plan, int size) {
        return new StageRow(
                plan.name(),
                "convolution",
                1,
                plan.kernel(),
                plan.stride(),
                plan.outChannels(),
                plan.outputSize(size),
                parameters(plan));
    }

    private static StageRow stage(List<BlockPlan> blocks, int size) {
        BlockPlan first = blocks.get(0);
        int output = size;
        int kernel = 1;
        long parameters = 0;
        for (BlockPlan block : blocks) {
            for (LayerPlan layer : block.layers()) {
                parameters += parameters(layer);
                if (layer instanceof ConvolutionPlan convolution) {
                    output = convolution.outputSize(output);
                    kernel = Math.max(kernel, convolution.kernel());
                }
            }
        }
        return new StageRow(
                "stage" + first.stage(),
                first.fused() ? "Fused-MBConv" : "MBConv",
                blocks.size(),
                kernel,
                first.stride(),
                first.outChannels(),
                output,
                parameters);
    }

    /** A convolution counts with its batch norm's scale and shift. */
    private static long parameters(LayerPlan layer) {
        if (layer instanceof SqueezeExcitePlan squeezeExcite) {
            return squeezeExcite.parameters();
        }
        return ((ConvolutionPlan) layer).weights() + 2L * layer.outChannels();
    }
}
