package org.efficientnet4j.scaling;

import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanBuilder;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;
import org.efficientnet4j.spec.StageSpec;

/**
 * Plan of a scaled network of MBConv and Fused-MBConv stages: stem, stages, head, classifier, each block beginning with the
 * channels that the one before left. Parts of a block are named {@code expand}, {@code depthwise}, {@code fused},
 * {@code squeezeExcite}, {@code project} and {@code add}.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) table 1; EfficientNetV2 (arXiv 2104.00298) table 4.
 */
final class StagedPlan {
    private static final int STEM_KERNEL = 3;
    private static final int STEM_STRIDE = 2;

    private final StagedNetwork network;
    private final Activation activation;
    private final PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
    private final int blocks;
    private int index;
    private String last = NetworkPlan.INPUT;

    StagedPlan(StagedNetwork network) {
        this.network = network;
        this.activation = network.spec().activation();
        this.blocks = network.blocks();
    }

    NetworkPlan build(double dropout) {
        plan.section("stem", Kind.STEM, "convolution").block("stem");
        last = plan.convolution("", last, layer(network.stemChannels(), STEM_KERNEL, STEM_STRIDE));
        for (int stage = 1; stage <= network.spec().stages().size(); stage++) {
            addStage(stage, network.spec().stages().get(stage - 1));
        }
        plan.section("head", Kind.HEAD, "convolution").block("head");
        last = plan.convolution("", last, layer(network.headChannels(), 1, 1));
        last = plan.globalPooling("pool", last);
        plan.section("classifier", Kind.CLASSIFIER, "pooling, dense").block("classifier");
        last = plan.dropout("dropout", last, dropout);
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    private void addStage(int number, StageSpec stage) {
        plan.section("stage" + number, Kind.BODY, stage.fused() ? "Fused-MBConv" : "MBConv");
        int repeats = network.repeats(number - 1);
        for (int position = 1; position <= repeats; position++) {
            plan.block("stage" + number + ".block" + position);
            addBlock(stage, position == 1 ? stage.stride() : 1, network.outChannels(stage));
            index++;
        }
    }

    private void addBlock(StageSpec stage, int stride, int outChannels) {
        String shortcut = last;
        int channels = plan.channels(shortcut);
        if (stage.fused()) {
            addFused(stage, stride, outChannels);
        } else {
            addMobile(stage, stride, outChannels);
        }
        if (stride == 1 && channels == outChannels) {
            last = plan.add("add", last, shortcut, (double) index / blocks, Activation.NONE);
        }
    }

    private void addMobile(StageSpec stage, int stride, int outChannels) {
        int channels = plan.channels(last);
        int inner = channels * stage.expandRatio();
        if (stage.expandRatio() != 1) {
            last = plan.convolution("expand", last, layer(inner, 1, 1));
        }
        last = plan.depthwise("depthwise", last, layer(inner, stage.kernel(), stride));
        addSqueezeExcite(stage, channels);
        last = plan.convolution("project", last, Layer.of(outChannels, 1));
    }

    private void addFused(StageSpec stage, int stride, int outChannels) {
        int channels = plan.channels(last);
        boolean single = stage.expandRatio() == 1;
        int inner = single ? outChannels : channels * stage.expandRatio();
        last = plan.convolution("fused", last, layer(inner, stage.kernel(), stride));
        if (!single) {
            addSqueezeExcite(stage, channels);
            last = plan.convolution("project", last, Layer.of(outChannels, 1));
        }
    }

    private void addSqueezeExcite(StageSpec stage, int blockChannels) {
        if (stage.squeezeExciteRatio() > 0) {
            int reduced = Math.max(1, (int) (blockChannels * stage.squeezeExciteRatio()));
            last = plan.squeezeExcite("squeezeExcite", last, reduced, activation);
        }
    }

    private Layer layer(int outChannels, int kernel, int stride) {
        return Layer.of(outChannels, kernel).stride(stride).then(activation);
    }
}
