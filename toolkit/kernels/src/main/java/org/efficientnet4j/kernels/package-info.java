/**
 * The arithmetic of the network's own layers, exchangeable: {@link org.efficientnet4j.kernels.KernelProviders} is the
 * entry type and picks a {@link org.efficientnet4j.kernels.KernelProvider}.
 *
 * <p>Arrays are NHWC and contiguous here. Parameters are DL4J's own views under any provider, in PyTorch's layouts
 * (convolutions {@code [O, I, kH, kW]}, depthwise {@code [C, 1, kH, kW]}), so that a model trained with one provider
 * goes on under another.
 */
package org.efficientnet4j.kernels;
