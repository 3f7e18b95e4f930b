/**
 * Measures this machine: {@link org.efficientnet4j.benchmark.NetworkBenchmark#run} times whole steps of one network on
 * generated images; {@link org.efficientnet4j.benchmark.PeerProgram} is the frame of programs that measure other libraries
 * the same way. Limits: the peak memory is the process's, so a process should measure once.
 */
package org.efficientnet4j.benchmark;
