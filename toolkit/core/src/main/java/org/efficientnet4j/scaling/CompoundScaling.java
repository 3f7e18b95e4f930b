package org.efficientnet4j.scaling;

import org.efficientnet4j.core.InvalidInputException;

/**
 * Multipliers of a network's depth, width and input resolution.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) equation 3.
 *
 * @param width multiplies channels, above 0
 * @param depth multiplies repeats, above 0
 * @param resolution multiplies the image size, above 0
 */
public record CompoundScaling(double width, double depth, double resolution) {
    /** The base network itself. */
    public static final CompoundScaling NONE = new CompoundScaling(1, 1, 1);

    /** @throws InvalidInputException unless every multiplier is a positive number */
    public CompoundScaling {
        positive("width", width);
        positive("depth", depth);
        positive("resolution", resolution);
    }

    /**
     * The compound rule: depth = alpha^phi, width = beta^phi, resolution = gamma^phi.
     *
     * @param phi how much to scale; 0 is the base network, multiply-accumulates grow about as (alpha beta^2 gamma^2)^phi
     * @param alpha depth coefficient, at least 1
     * @param beta width coefficient, at least 1
     * @param gamma resolution coefficient, at least 1
     * @throws InvalidInputException for a coefficient below 1 or a phi that is not finite
     */
    public static CompoundScaling ofPhi(double phi, double alpha, double beta, double gamma) {
        atLeastOne("alpha", alpha);
        atLeastOne("beta", beta);
        atLeastOne("gamma", gamma);
        if (!Double.isFinite(phi)) {
            throw new InvalidInputException("phi must be a finite number, found " + phi);
        }
        return new CompoundScaling(Math.pow(beta, phi), Math.pow(alpha, phi), Math.pow(gamma, phi));
    }

    /** Repeats after depth scaling: ceil(depth * repeats), as published. */
    public int repeats(int repeats) {
        return (int) Math.ceil(depth * repeats);
    }

    /** The image size after resolution scaling, in pixels, rounded to the nearest whole pixel. */
    public int size(int baseSize) {
        return Math.max(1, (int) Math.round(resolution * baseSize));
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("The " + name + " multiplier must be a positive number, found " + value);
        }
    }

    private static void atLeastOne(String name, double value) {
        if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(name + " must be at least 1, found " + value);
        }
    }
}
