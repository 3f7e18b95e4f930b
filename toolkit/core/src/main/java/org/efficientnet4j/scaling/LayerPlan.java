package org.efficientnet4j.scaling;

/** One layer with every number resolved; its {@code name} is its vertex in the graph, e.g. {@code stage3.block2.project}. */
public sealed interface LayerPlan permits ConvolutionPlan, SqueezeExcitePlan {
    /** The layer's full name, unique in the network. */
    String name();

    /** Channels in. */
    int inChannels();

    /** Channels out. */
    int outChannels();
}
