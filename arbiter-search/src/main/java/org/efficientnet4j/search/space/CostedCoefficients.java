package org.efficientnet4j.search.space;

import org.efficientnet4j.scaling.ModelCost;

/**
 * Coefficients and what the network they give costs.
 *
 * @param coefficients alpha, beta, gamma
 * @param phi the exponent they are raised to
 * @param size image height and width, in pixels
 * @param cost parameters, multiply-accumulates and activation memory at that size
 */
public record CostedCoefficients(Coefficients coefficients, double phi, int size, ModelCost cost) {}
