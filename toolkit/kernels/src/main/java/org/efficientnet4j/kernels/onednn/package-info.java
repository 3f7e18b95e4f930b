/**
 * Kernels on oneDNN's C library through JavaCPP: {@link org.efficientnet4j.kernels.onednn.OneDnnKernels} for everything by
 * oneDNN, {@link org.efficientnet4j.kernels.onednn.OneDnnProvider} for convolutions by oneDNN and the rest by somebody
 * else's {@link org.efficientnet4j.kernels.onednn.loops.FusedLoops}. x86-64 alone, float32 alone.
 *
 * <p>Choices. Images stay NHWC, which measured faster than oneDNN's blocked layouts. Each of Java's threads executes
 * primitives of its own on its share of the batch (on bands of rows where images are fewer than threads), with OpenMP held
 * to one thread; without the Vector API it is the other way round. Weights lie in DL4J's flat vector and are reordered at
 * each training step into scratch memory; for inference they are kept, with batch norm folded in and the activation as a
 * post-operation, until the parameters' hash changes. Primitives are cached by shape, a bounded number a layer.
 * oneDNN sizes a primitive's scratchpad by OpenMP's threads at creation, so that the number is set before.
 *
 * <p>Whole networks are compiled for inference by {@code OneDnnInference}: {@code UnitParser} finds blocks in the steps,
 * {@code BatchProgram} shares a batch out, {@code Lane} (a thread's whole images) and {@code Program} run the units.
 *
 * <p>Native memory is freed by {@code close()}, and failing that by cleaners when its owner is garbage. Kept for the
 * backward pass: the convolution's output alone. In training a thread takes its share in pieces of about a second-level
 * cache: statistics are taken of a piece as soon as it is convolved, and the gradient by the convolution's output is
 * computed a piece at a time and used at once for both gradients ({@code Pieces}). {@code OneDnnBlockTail} does the last
 * three layers of a block together: the projection's pieces take their input, a {@code GatedActivation}, straight from the
 * depthwise convolution's output.
 *
 * <p>Rooms: {@code primitive} (the C library), {@code loops} (what lies between convolutions), {@code convolution} (forward
 * pass and gradients in training), {@code winograd} (3x3 convolutions by fewer products), {@code inference} (compiled
 * networks); here, the kernels of each operation.
 *
 * <p>Limits: the input gradient of a kernel larger than 1x1 is shared by whole images only, so that training with fewer
 * images than threads leaves threads idle there.
 */
package org.efficientnet4j.kernels.onednn;
