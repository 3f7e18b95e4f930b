/**
 * libtorch as a peer of {@code effnet bench}: {@link org.efficientnet4j.benchmarks.libtorch.LibtorchPeer} measures a
 * TorchScript file. The script {@code benchmarks/peers/libtorch} has the file written and starts it.
 */
package org.efficientnet4j.benchmarks.libtorch;
