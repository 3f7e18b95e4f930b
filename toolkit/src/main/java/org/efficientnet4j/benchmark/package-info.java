/**
 * Measures this machine: {@link org.efficientnet4j.benchmark.NetworkBenchmark#run} times whole steps of one network on
 * generated images. Limits: the peak memory is the process's, so a process should measure once.
 */
package org.efficientnet4j.benchmark;
