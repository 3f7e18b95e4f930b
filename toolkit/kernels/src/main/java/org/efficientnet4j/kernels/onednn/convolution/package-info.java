/**
 * Convolutions in training: the forward pass and both gradients, on pieces of a thread's share that stay in the second-level
 * cache. {@code ConvolutionPass} computes one direction, {@code ConvolutionBackward} both gradients, {@code Pieces} cuts the
 * shares.
 */
package org.efficientnet4j.kernels.onednn.convolution;
