package org.efficientnet4j.scaling;

import java.util.List;

/**
 * One MBConv or Fused-MBConv block with every number resolved.
 *
 * @param stage the stage it belongs to, from 1
 * @param position its place in the stage, from 1
 * @param index its place in the network, from 0
 * @param fused whether it is a Fused-MBConv block
 * @param layers its layers in order; the output of each is the input of the next
 */
public record BlockPlan(int stage, int position, int index, boolean fused, List<LayerPlan> layers) {
    /** Copies the list. */
    public BlockPlan {
        layers = List.copyOf(layers);
    }

    /** The prefix of the block's vertices, e.g. {@code stage3.block2}. */
    public String name() {
        return "stage" + stage + ".block" + position;
    }

    /** Channels in. */
    public int inChannels() {
        return layers.get(0).inChannels();
    }

    /** Channels out. */
    public int outChannels() {
        return layers.get(layers.size() - 1).outChannels();
    }

    /** The block's stride, 1 or 2. */
    public int stride() {
        int stride = 1;
        for (LayerPlan layer : layers) {
            stride *= layer instanceof ConvolutionPlan convolution ? convolution.stride() : 1;
        }
        return stride;
    }

    /** Whether the input is added to the output: stride 1 and equal channels. */
    public boolean hasResidual() {
        return stride() == 1 && inChannels() == outChannels();
    }

    /** The vertex whose activations are the block's output. */
    public String outputName() {
        return hasResidual() ? residualName() : layers.get(layers.size() - 1).name();
    }

    /** The vertex that adds the input to the output, where there is one. */
    public String residualName() {
        return name() + ".add";
    }
}
