/**
 * PyTorch's checkpoints, the zip files of {@code torch.save} since 1.6. {@link org.efficientnet4j.weights.torch.TorchFile}
 * opens one. Their index is a pickle, a program; only the instructions and classes that describe tensors are followed, every
 * other one is refused by name, so that no file can run code.
 */
package org.efficientnet4j.weights.torch;
