/**
 * Threads for kernels: {@link org.efficientnet4j.kernels.threads.KernelThreads}, one small pool a process, and the
 * limit on OpenMP's own threads that keeps the two from fighting over the cores.
 *
 * <p>OpenMP's workers spin for a while after each parallel region and take the cores from Java's threads meanwhile, so a
 * thread that calls kernels asks OpenMP for one thread. That setting belongs to the calling thread alone: other threads'
 * ND4J operations keep theirs.
 */
package org.efficientnet4j.kernels.threads;
