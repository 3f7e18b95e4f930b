/**
 * The search for scaling coefficients, on Arbiter: {@code space} says what may be tried and what it costs, {@code sampler}
 * in which order, {@code study} remembers every trial in one file,
 * {@code runner} evaluates them.
 */
package org.efficientnet4j.search;
