/**
 * In which order a space is tried: {@link org.efficientnet4j.search.sampler.CoefficientGridGenerator} tries every point
 * once, as an Arbiter candidate generator. Arbiter's own random and genetic generators take the same spaces.
 */
package org.efficientnet4j.search.sampler;
