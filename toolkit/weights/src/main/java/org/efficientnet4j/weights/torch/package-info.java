/**
 * PyTorch's checkpoints, zip files since 1.6 and pickles before. {@link org.efficientnet4j.weights.torch.TorchFile} opens one.
 * Their index is a pickle, a program; only the instructions that describe data are followed, and a class that is not part of
 * a state dict is a name with nothing behind it, so that no file can run code.
 */
package org.efficientnet4j.weights.torch;
