/** DL4J's own training calls on the toolkit's networks, timed ({@link org.efficientnet4j.benchmarks.fit.FitBenchmark}). */
package org.efficientnet4j.benchmarks.fit;
