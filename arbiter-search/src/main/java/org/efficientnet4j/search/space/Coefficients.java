package org.efficientnet4j.search.space;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.CompoundScaling;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The coefficients of compound scaling.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) equation 3.
 *
 * @param alpha depth coefficient, at least 1
 * @param beta width coefficient, at least 1
 * @param gamma resolution coefficient, at least 1
 */
public record Coefficients(
        @JsonProperty("alpha") double alpha,
        @JsonProperty("beta") double beta,
        @JsonProperty("gamma") double gamma) implements Serializable {
    /** @throws InvalidInputException unless every coefficient is a finite number of at least 1 */
    public Coefficients {
        CompoundScaling.ofPhi(1, alpha, beta, gamma);
    }

    /** alpha beta^2 gamma^2, by which multiply-accumulates grow, roughly, for each unit of phi. */
    public double product() {
        return alpha * beta * beta * gamma * gamma;
    }

    /** The multipliers for a phi. */
    public CompoundScaling scaling(double phi) {
        return CompoundScaling.ofPhi(phi, alpha, beta, gamma);
    }
}
