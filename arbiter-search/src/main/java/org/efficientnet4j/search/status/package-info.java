/**
 * How far a search is: {@link org.efficientnet4j.search.status.SearchStatus} sums a study's trials up for the terminal and
 * the status page.
 */
package org.efficientnet4j.search.status;
