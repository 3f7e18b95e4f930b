package org.efficientnet4j.scaling;

import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.StageSpec;

/**
 * Network of MBConv and Fused-MBConv stages and how it is scaled: channels by width, repeats by depth; the resolution
 * multiplier is the caller's to apply.
 *
 * @param spec the unscaled network
 * @param scaling width and depth to apply
 * @param rounding of scaled channels
 * @param fixedEnds true where stem, head and the repeats of the first and last stage are not scaled (EfficientNet-Lite)
 */
public record StagedNetwork(
        ArchitectureSpec spec, CompoundScaling scaling, ChannelRounding rounding, boolean fixedEnds) {
    /** The plan for RGB images and ImageNet's classes, with SAME padding and a drop rate before the classifier. */
    public NetworkPlan plan(double dropout) {
        return new StagedPlan(this).build(dropout);
    }

    int stemChannels() {
        return fixedEnds ? spec.stemChannels() : rounding.round(spec.stemChannels(), scaling.width());
    }

    int headChannels() {
        return fixedEnds ? spec.headChannels() : rounding.round(spec.headChannels(), scaling.width());
    }

    int outChannels(StageSpec stage) {
        return rounding.round(stage.outChannels(), scaling.width());
    }

    int repeats(int stage) {
        int repeats = spec.stages().get(stage).repeats();
        boolean end = stage == 0 || stage == spec.stages().size() - 1;
        return fixedEnds && end ? repeats : scaling.repeats(repeats);
    }

    int blocks() {
        int blocks = 0;
        for (int stage = 0; stage < spec.stages().size(); stage++) {
            blocks += repeats(stage);
        }
        return blocks;
    }
}
