/**
 * JMH benchmarks of single kernels, the fastest that run here against the portable ones on ND4J's operations; the script
 * {@code benchmarks/kernels} starts them. Limits: a convolution's kernel holds its batch norm and swish, which cannot be
 * run apart; the backward pass uses up what the forward pass kept, so both are timed together.
 */
package org.efficientnet4j.benchmarks.kernels;
