/**
 * {@link org.efficientnet4j.benchmarks.leaks.LeakCheck} trains for long and with many changes of size, and judges whether
 * the process's memory grows. The script {@code benchmarks/leaks} starts it. Limits: Linux alone tells the memory.
 */
package org.efficientnet4j.benchmarks.leaks;
