package org.efficientnet4j.search.space;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;

/**
 * Coefficients and what the network they give costs.
 *
 * @param coefficients alpha, beta, gamma
 * @param phi the exponent they are raised to
 * @param size image height and width, in pixels
 * @param cost parameters, multiply-accumulates and activation memory at that size
 */
public record CostedCoefficients(Coefficients coefficients, double phi, int size, ModelCost cost) implements Choice {
    /** Checks that nothing is missing. */
    public CostedCoefficients {
        Objects.requireNonNull(coefficients, "coefficients");
        Objects.requireNonNull(cost, "cost");
    }

    @Override
    public double resolution() {
        return coefficients.scaling(phi).resolution();
    }

    @Override
    public ModelDefinition model(ModelDefinition base) {
        return base.scaledBy(base.name() + "_scaled", coefficients.scaling(phi));
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("alpha", coefficients.alpha());
        parameters.put("beta", coefficients.beta());
        parameters.put("gamma", coefficients.gamma());
        parameters.put("phi", phi);
        return parameters;
    }

    @Override
    public String label() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s%s",
                short3(coefficients.alpha()),
                short3(coefficients.beta()),
                short3(coefficients.gamma()),
                phi == 1 ? "" : " ^ " + short3(phi));
    }

    private static String short3(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceFirst("0{1,2}$", "");
    }
}
