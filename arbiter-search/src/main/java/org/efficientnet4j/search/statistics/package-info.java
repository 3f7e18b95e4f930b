/**
 * What a study's scores tell and what they don't: {@link org.efficientnet4j.search.statistics.Standings} says which trials
 * cannot be told from the best. Paired where trials answered the same images, at one error rate over all comparisons.
 */
package org.efficientnet4j.search.statistics;
