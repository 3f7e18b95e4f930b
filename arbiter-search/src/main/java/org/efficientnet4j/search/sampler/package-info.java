/**
 * In which order a space is tried. {@link org.efficientnet4j.search.sampler.Sampler} is the entry type: it proposes the next
 * choice from the trials so far and remembers nothing. {@link
 * org.efficientnet4j.search.sampler.CoefficientGridGenerator} is a grid as an Arbiter candidate generator; Arbiter's own
 * random and genetic generators take the same spaces.
 */
package org.efficientnet4j.search.sampler;
