/**
 * What a search may try and what each choice costs: {@link org.efficientnet4j.search.space.CoefficientGrid} enumerates the
 * coefficients, {@link org.efficientnet4j.search.space.CoefficientSpace} offers them to Arbiter. Nothing is built or
 * trained here.
 */
package org.efficientnet4j.search.space;
