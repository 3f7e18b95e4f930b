/**
 * ONNX Runtime as a peer of {@code effnet bench}: {@link org.efficientnet4j.benchmarks.peers.OnnxFile} writes a network for
 * it, {@link org.efficientnet4j.benchmarks.peers.OnnxRuntimePeer} measures it in a process without ND4J. The script
 * {@code benchmarks/peers/onnxruntime} starts both.
 */
package org.efficientnet4j.benchmarks.peers;
