/**
 * The search for scaling coefficients, phi and blocks, on Arbiter: {@code space} says what may be tried and what it costs,
 * {@code sampler} in which order, {@code objective} how good it is, {@code study} remembers every trial in one file, {@code
 * runner} evaluates them, {@code report} shows what came of it.
 */
package org.efficientnet4j.search;
