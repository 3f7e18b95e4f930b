package org.efficientnet4j.graph.layers;

/** The order of a vertex's output in memory and axes, as far as its configuration tells. */
enum MapLayout {
    /** Feature maps {@code [N, H, W, C]}. */
    CHANNELS_LAST,
    /** Feature maps {@code [N, C, H, W]}. */
    CHANNELS_FIRST,
    /** Features, a network's input, or what a layer of unknown kind gives. */
    UNKNOWN
}
