package org.efficientnet4j.scaling;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.scaling.ConvolutionPlan.Role;
import org.efficientnet4j.spec.FusedMBConvStage;
import org.efficientnet4j.spec.MBConvStage;
import org.efficientnet4j.spec.StageSpec;

/** Turns scaled stages into blocks, one at a time, each starting with the channels the last one left. */
final class BlockPlanner {
    private final List<BlockPlan> blocks = new ArrayList<>();
    private int stages;
    private int channels;

    BlockPlanner(int stemChannels) {
        this.channels = stemChannels;
    }

    List<BlockPlan> blocks() {
        return blocks;
    }

    void addStage(StageSpec stage, int repeats, int outChannels) {
        stages++;
        for (int position = 1; position <= repeats; position++) {
            int stride = position == 1 ? stage.stride() : 1;
            String prefix = "stage" + stages + ".block" + position + ".";
            List<LayerPlan> layers;
            if (stage instanceof MBConvStage) {
                layers = mbConv(prefix, stage, stride, outChannels);
            } else if (stage instanceof FusedMBConvStage) {
                layers = fusedMbConv(prefix, stage, stride, outChannels);
            } else {
                throw new IllegalStateException("No plan for the stage kind " + stage.getClass());
            }
            boolean fused = stage instanceof FusedMBConvStage;
            blocks.add(new BlockPlan(stages, position, blocks.size(), fused, layers));
            channels = outChannels;
        }
    }

    private List<LayerPlan> mbConv(String prefix, StageSpec stage, int stride, int outChannels) {
        List<LayerPlan> layers = new ArrayList<>();
        int inner = channels * stage.expandRatio();
        if (stage.expandRatio() != 1) {
            layers.add(new ConvolutionPlan(prefix + "expand", Role.EXPAND, channels, inner, 1, 1, true));
        }
        layers.add(
                new ConvolutionPlan(prefix + "depthwise", Role.DEPTHWISE, inner, inner, stage.kernel(), stride, true));
        addSqueezeExcite(layers, prefix, stage, inner);
        layers.add(new ConvolutionPlan(prefix + "project", Role.PROJECT, inner, outChannels, 1, 1, false));
        return layers;
    }

    private List<LayerPlan> fusedMbConv(String prefix, StageSpec stage, int stride, int outChannels) {
        List<LayerPlan> layers = new ArrayList<>();
        boolean single = stage.expandRatio() == 1;
        int inner = single ? outChannels : channels * stage.expandRatio();
        layers.add(new ConvolutionPlan(prefix + "fused", Role.FUSED, channels, inner, stage.kernel(), stride, true));
        if (!single) {
            addSqueezeExcite(layers, prefix, stage, inner);
            layers.add(new ConvolutionPlan(prefix + "project", Role.PROJECT, inner, outChannels, 1, 1, false));
        }
        return layers;
    }

    private void addSqueezeExcite(List<LayerPlan> layers, String prefix, StageSpec stage, int inner) {
        if (stage.squeezeExciteRatio() > 0) {
            int reduced = Math.max(1, (int) (channels * stage.squeezeExciteRatio()));
            layers.add(new SqueezeExcitePlan(prefix + "squeezeExcite", inner, reduced));
        }
    }
}
