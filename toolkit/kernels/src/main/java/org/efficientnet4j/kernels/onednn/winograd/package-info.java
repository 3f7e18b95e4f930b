/**
 * Convolutions with kernel 3 and stride 1 by Winograd's F(4x4, 3x3): tiles of four by four outputs by 36 products where the
 * definition takes 144, between transforms by the provider's loops. {@code Winograd} tells which convolutions it makes
 * faster, {@code WinogradTiles} transforms images, {@code WinogradWeights} weights, {@code PointProducts} multiplies,
 * {@code WinogradBand} is one direction of one band.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (arXiv 1509.09308).
 */
package org.efficientnet4j.kernels.onednn.winograd;
