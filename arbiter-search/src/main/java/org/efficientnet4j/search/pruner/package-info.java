/**
 * When a trial ends early: {@link org.efficientnet4j.search.pruner.Pruner} looks at its curve and the other trials'. No
 * state of its own, so that a resumed search and several processes prune alike.
 */
package org.efficientnet4j.search.pruner;
