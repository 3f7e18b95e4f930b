/**
 * Statistics of a study's scores: {@link org.efficientnet4j.search.statistics.Standings} says which trials cannot be told
 * from the best. Paired where trials answered the same images, at one error rate over all comparisons.
 */
package org.efficientnet4j.search.statistics;
