package org.efficientnet4j.search.space;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The admitted coefficients of a grid at one phi, within limits on cost, as an Arbiter parameter space of one parameter:
 * the place in the list. So every value in [0, 1] is an admitted choice, and Arbiter's random search draws uniformly
 * from them without rejecting any.
 */
@SuppressWarnings("UnusedVariable") // some fields are there for the JSON
public final class CoefficientSpace extends LeafSpace<CostedCoefficients> {
    @JsonProperty
    private final CoefficientGrid grid;

    @JsonProperty
    private final double phi;

    @JsonProperty
    private final String base;

    @JsonProperty
    private final int classes;

    @JsonProperty
    private final CostLimits limits;

    @JsonProperty
    private final boolean admittedByMacs;

    private final List<CostedCoefficients> candidates;

    private CoefficientSpace(
            CoefficientGrid grid,
            double phi,
            ModelDefinition base,
            int classes,
            CostLimits limits,
            boolean admittedByMacs) {
        this.grid = grid;
        this.phi = phi;
        this.base = ArchitectureFile.format(base);
        this.classes = classes;
        this.limits = limits;
        this.admittedByMacs = admittedByMacs;
        this.candidates = candidates(new CostModel(base, classes));
    }

    @JsonCreator
    static CoefficientSpace of(
            @JsonProperty("grid") CoefficientGrid grid,
            @JsonProperty("phi") double phi,
            @JsonProperty("base") String base,
            @JsonProperty("classes") int classes,
            @JsonProperty("limits") CostLimits limits,
            @JsonProperty("admittedByMacs") boolean admittedByMacs) {
        return new CoefficientSpace(grid, phi, ArchitectureFile.parse(base), classes, limits, admittedByMacs);
    }

    /**
     * Enumerates a grid with costs, admitted by the product alpha beta^2 gamma^2.
     *
     * @param base the network at phi = 0
     * @param classes outputs of the classifier
     * @param phi the exponent, 1 in the paper's first step
     * @throws InvalidInputException if no coefficients are admitted, or the base cannot be scaled
     */
    public static CoefficientSpace of(
            CoefficientGrid grid, double phi, ModelDefinition base, int classes, CostLimits limits) {
        return new CoefficientSpace(grid, phi, base, classes, limits, false);
    }

    /**
     * Enumerates a grid with costs, admitted by the scaled network's MACs over the base network's.
     *
     * @param grid target and tolerance are about that ratio
     * @param base the network at phi = 0
     * @param classes outputs of the classifier
     * @param phi the exponent
     * @throws InvalidInputException if no coefficients are admitted, or the base cannot be scaled
     */
    public static CoefficientSpace byMacs(
            CoefficientGrid grid, double phi, ModelDefinition base, int classes, CostLimits limits) {
        return new CoefficientSpace(grid, phi, base, classes, limits, true);
    }

    private List<CostedCoefficients> candidates(CostModel costs) {
        List<CostedCoefficients> near = new ArrayList<>();
        double baseMacs = costs.base().cost(costs.classes()).macs();
        for (Coefficients one : admittedByMacs ? grid.points() : grid.coefficients()) {
            CostedCoefficients costed = costs.cost(one, phi);
            if (!admittedByMacs || grid.admits(costed.cost().macs() / baseMacs)) {
                near.add(costed);
            }
        }
        List<CostedCoefficients> candidates =
                near.stream().filter(one -> limits.admit(one.cost())).toList();
        if (candidates.isEmpty()) {
            throw new InvalidInputException("The search has nothing to try: of the grid's points " + near.size()
                    + " lie within " + grid.tolerance() + " of the "
                    + (admittedByMacs ? "ratio of MACs " : "product ") + grid.target()
                    + ", and 0 of them within the limits on MACs and memory. Widen the tolerance, refine the step or"
                    + " raise the limits");
        }
        return candidates;
    }

    /** The admitted coefficients with their costs, in the grid's order. */
    public List<CostedCoefficients> candidates() {
        return candidates;
    }

    /** The grid they were taken from. */
    public CoefficientGrid grid() {
        return grid;
    }

    @Override
    public CostedCoefficients own(Choice choice) {
        if (choice instanceof CostedCoefficients scaling) {
            return scaling;
        }
        throw foreign(choice, "scaling coefficients");
    }

    @Override
    public CostedCoefficients getValue(double[] parameterValues) {
        return candidates.get(Math.min(candidates.size() - 1, (int) (own(parameterValues)[0] * candidates.size())));
    }

    /** The middle of the values that {@link #getValue} maps to a candidate. */
    public double valueOf(int candidate) {
        return (candidate + 0.5) / candidates.size();
    }

    @Override
    public int numParameters() {
        return 1;
    }
}
