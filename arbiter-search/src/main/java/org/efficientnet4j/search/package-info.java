/**
 * The search for scaling coefficients, phi and blocks, on Arbiter. {@link org.efficientnet4j.search.Search} is the entry
 * type. {@code specification} is what a search is, as data; {@code space} has what may be tried and its cost, {@code sampler}
 * the order, {@code objective} the score, {@code study} every trial in one file; {@code runner} evaluates them and {@code
 * report} shows the results.
 */
package org.efficientnet4j.search;
