/**
 * Bayesian optimisation in the unit cube, without Arbiter and studies: {@link
 * org.efficientnet4j.search.bayes.BayesianOptimizer} is the entry type. It models the score, and a constraint that can only
 * be measured, by a {@link org.efficientnet4j.search.bayes.GaussianProcess} each. Good for up to about 10 dimensions and a
 * few hundred points, since fitting takes the cube of their number. {@link
 * org.efficientnet4j.search.bayes.RegretBenchmark} compares it with random and grid search on functions of known optimum.
 */
package org.efficientnet4j.search.bayes;
