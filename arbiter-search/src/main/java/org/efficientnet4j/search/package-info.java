/**
 * The search for scaling coefficients, on Arbiter: {@code space} says what may be tried and what it costs, {@code sampler}
 * in which order.
 */
package org.efficientnet4j.search;
