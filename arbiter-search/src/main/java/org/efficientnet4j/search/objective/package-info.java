/**
 * Objectives of a search. {@link org.efficientnet4j.search.objective.ProxyTraining} is the entry type: it trains a small
 * stand-in of a trial's network for a few epochs, and a {@link org.efficientnet4j.search.objective.Reward} makes one score
 * of its accuracy and cost.
 */
package org.efficientnet4j.search.objective;
