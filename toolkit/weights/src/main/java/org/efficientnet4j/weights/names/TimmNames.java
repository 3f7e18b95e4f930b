package org.efficientnet4j.weights.names;

import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.ConvolutionPlan.Role;
import org.efficientnet4j.scaling.ScaledArchitecture;

/**
 * timm's modules: convolutions are named by what they do in their kind of block, batch norms are counted.
 *
 * <p>Source: huggingface/pytorch-image-models {@code timm/models/_efficientnet_blocks.py}.
 */
final class TimmNames extends TorchNames {
    @Override
    Modules stem() {
        return new Modules("conv_stem", "bn1");
    }

    @Override
    Modules convolution(BlockPlan block, int position) {
        ConvolutionPlan plan = (ConvolutionPlan) block.layers().get(position);
        long norm = block.layers().subList(0, position + 1).stream()
                .filter(ConvolutionPlan.class::isInstance)
                .count();
        return new Modules(prefix(block) + name(block, plan.role()), prefix(block) + "bn" + norm);
    }

    private static String name(BlockPlan block, Role role) {
        boolean widens = has(block, Role.EXPAND);
        return switch (role) {
            case EXPAND -> "conv_pw";
            case DEPTHWISE -> "conv_dw";
            case FUSED -> has(block, Role.PROJECT) ? "conv_exp" : "conv";
            // A depthwise separable block, MBConv without expansion, has no linear projection by name.
            case PROJECT -> widens || block.fused() ? "conv_pwl" : "conv_pw";
            case STEM, HEAD -> throw new IllegalStateException("A block has no " + role);
        };
    }

    private static boolean has(BlockPlan block, Role role) {
        return block.layers().stream().anyMatch(layer -> layer instanceof ConvolutionPlan plan && plan.role() == role);
    }

    @Override
    Gate squeezeExcite(BlockPlan block, int position) {
        return new Gate(prefix(block) + "se.conv_reduce", prefix(block) + "se.conv_expand");
    }

    @Override
    Modules head(ScaledArchitecture architecture) {
        return new Modules("conv_head", "bn2");
    }

    @Override
    String classifier() {
        return "classifier";
    }

    private static String prefix(BlockPlan block) {
        return "blocks." + (block.stage() - 1) + "." + (block.position() - 1) + ".";
    }
}
