package org.efficientnet4j.scaling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.scaling.ConvolutionPlan.Role;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.StageSpec;

/**
 * A network with every number resolved: stem, blocks, head. The graph, the cost, weight-name maps and exports all read
 * this one description.
 *
 * @param stem the first convolution
 * @param blocks the blocks in order
 * @param head the last convolution, before pooling and classifier
 */
public record ScaledArchitecture(ConvolutionPlan stem, List<BlockPlan> blocks, ConvolutionPlan head) {
    /** The colour channels of a photograph. */
    public static final int RGB = 3;

    /** Copies the list. */
    public ScaledArchitecture {
        blocks = List.copyOf(blocks);
    }

    /**
     * Scales a specification: channels by width, repeats by depth; the resolution multiplier is the caller's to apply.
     *
     * @param inputChannels channels of the images, 3 for RGB
     */
    public static ScaledArchitecture of(
            ArchitectureSpec spec, CompoundScaling scaling, ChannelRounding rounding, int inputChannels) {
        int stemChannels = rounding.round(spec.stemChannels(), scaling.width());
        ConvolutionPlan stem = new ConvolutionPlan("stem", Role.STEM, inputChannels, stemChannels, 3, 2, true);
        BlockPlanner planner = new BlockPlanner(stemChannels);
        for (StageSpec stage : spec.stages()) {
            planner.addStage(
                    stage, scaling.repeats(stage.repeats()), rounding.round(stage.outChannels(), scaling.width()));
        }
        List<BlockPlan> blocks = planner.blocks();
        int channels = blocks.get(blocks.size() - 1).outChannels();
        int headChannels = rounding.round(spec.headChannels(), scaling.width());
        return new ScaledArchitecture(
                stem, blocks, new ConvolutionPlan("head", Role.HEAD, channels, headChannels, 1, 1, true));
    }

    /** Every layer from stem to head, in order; residual additions and pooling are not layers. */
    public List<LayerPlan> layers() {
        List<LayerPlan> layers = new ArrayList<>();
        layers.add(stem);
        blocks.forEach(block -> layers.addAll(block.layers()));
        layers.add(head);
        return layers;
    }

    /** The network's total stride, 32 for every published variant; images must be at least as large. */
    public int stride() {
        return stem.stride() * blocks.stream().mapToInt(BlockPlan::stride).reduce(1, (a, b) -> a * b);
    }

    /** The vertex of the last feature map at each stride (2, 4, 8 ...) before the head, in order. */
    public Map<Integer, String> featureMaps() {
        Map<Integer, String> maps = new LinkedHashMap<>();
        int stride = stem.stride();
        maps.put(stride, stem.name());
        for (BlockPlan block : blocks) {
            stride *= block.stride();
            maps.put(stride, block.outputName());
        }
        return maps;
    }

    /**
     * The stochastic-depth drop rate of a block, linear from 0 at the first block.
     *
     * <p>Source: tensorflow/tpu {@code efficientnet_model.py}: rate * index / blocks, counted after depth scaling.
     *
     * @param block one of {@link #blocks()}
     * @param dropConnectRate the rate the last block comes close to, 0.2 as published
     * @return 0 for a block without residual, which can't be dropped
     */
    public double dropConnectRate(BlockPlan block, double dropConnectRate) {
        return block.hasResidual() ? dropConnectRate * block.index() / blocks.size() : 0;
    }
}
