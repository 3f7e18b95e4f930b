package org.efficientnet4j.models;

import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.scaling.StagedNetwork;

/** A model's network: stages that can be scaled further, or a plan as it is. */
public sealed interface Architecture {
    /**
     * The network for RGB images and ImageNet's classes.
     *
     * @param dropout drop rate before the classifier, where the architecture leaves it open
     */
    NetworkPlan plan(double dropout);

    /** Pixels of the image to one of the last feature map before the head. */
    int stride();

    /**
     * Stages of MBConv and Fused-MBConv blocks under compound scaling.
     *
     * @param network the stages and how they are scaled
     */
    record Staged(StagedNetwork network) implements Architecture {
        @Override
        public NetworkPlan plan(double dropout) {
            return network.plan(dropout);
        }

        @Override
        public int stride() {
            return network.spec().stride();
        }
    }

    /**
     * A network with every number resolved.
     *
     * @param network the plan
     */
    record Planned(NetworkPlan network) implements Architecture {
        @Override
        public NetworkPlan plan(double dropout) {
            return network;
        }

        @Override
        public int stride() {
            return network.stride();
        }
    }
}
