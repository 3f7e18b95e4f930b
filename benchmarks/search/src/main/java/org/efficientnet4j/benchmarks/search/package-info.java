/**
 * Searches compared on functions whose constrained minimum is known: {@link
 * org.efficientnet4j.benchmarks.search.RegretBenchmark} is the entry type.
 */
package org.efficientnet4j.benchmarks.search;
