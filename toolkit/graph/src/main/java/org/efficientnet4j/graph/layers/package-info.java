/**
 * The network's own DL4J layers. Between them activations are NHWC, contiguous; the graph's input is logically
 * {@code [N, C, H, W]} as DL4J has it, of any memory order.
 *
 * <p>Each has two halves as DL4J wants them: a serialisable configuration ({@link
 * org.efficientnet4j.graph.layers.ConvolutionBlock}, {@link org.efficientnet4j.graph.layers.SqueezeExcite}, {@link
 * org.efficientnet4j.graph.layers.SpatialPooling}, {@link org.efficientnet4j.graph.layers.ResidualAdd}, {@link
 * org.efficientnet4j.graph.layers.ChannelConcatenation}, {@link org.efficientnet4j.graph.layers.DenseBlock} and others) and a
 * run-time half of the same name with {@code Layer} or {@code Vertex} behind it, package-private, which holds parameters
 * and calls a {@link org.efficientnet4j.kernels.KernelProvider}'s kernel. Assembly is {@code org.efficientnet4j.graph}'s.
 *
 * <p>How a network trains is changed at run time by {@link org.efficientnet4j.graph.layers.FusedBlocks} (faster) and {@link
 * org.efficientnet4j.graph.layers.CheckpointedNetwork} (in less memory).
 */
package org.efficientnet4j.graph.layers;
