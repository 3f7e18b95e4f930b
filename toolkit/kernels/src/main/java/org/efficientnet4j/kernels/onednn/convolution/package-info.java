/**
 * Convolutions in training: the forward pass and both gradients, on pieces of a thread's share that stay in the second-level
 * cache. {@code ConvolutionPass} computes one direction, {@code ConvolutionBackward} both gradients, {@code Pieces} cuts the
 * shares. No shape that oneDNN is known to mishandle is handed to it ({@code StridedPixels}).
 */
package org.efficientnet4j.kernels.onednn.convolution;
