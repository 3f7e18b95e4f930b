package org.efficientnet4j.search.space;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Ranges of alpha, beta, gamma and phi as an Arbiter parameter space: one parameter for each that is not fixed. Not for
 * use by several threads.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 2, where only phi varies.
 */
public final class ScalingSpace extends LeafSpace<CostedCoefficients> {
    private static final List<String> NAMES = List.of("alpha", "beta", "gamma", "phi");
    private static final int RANGES = NAMES.size();

    @JsonProperty
    private final List<Range> ranges;

    private final CostModel costs;

    /**
     * A box.
     *
     * @param costs of the base network's scaled versions
     * @throws InvalidInputException if nothing varies, or a coefficient may lie below 1
     */
    public ScalingSpace(Range alpha, Range beta, Range gamma, Range phi, CostModel costs) {
        ranges = List.of(alpha, beta, gamma, phi);
        this.costs = costs;
        new Coefficients(alpha.low(), beta.low(), gamma.low()); // refuses what lies below 1
        if (numParameters() == 0) {
            throw new InvalidInputException(
                    "Nothing is left to search: give a range to phi or a coefficient, e.g. --phi 0:3");
        }
    }

    @JsonCreator
    static ScalingSpace of(
            @JsonProperty("ranges") List<Range> ranges,
            @JsonProperty("base") String base,
            @JsonProperty("classes") int classes) {
        if (ranges.size() != RANGES) {
            throw new InvalidInputException(
                    "A scaling space must have the ranges of alpha, beta, gamma and phi, found " + ranges.size());
        }
        return new ScalingSpace(
                ranges.get(0),
                ranges.get(1),
                ranges.get(2),
                ranges.get(3),
                new CostModel(ArchitectureFile.parse(base), classes));
    }

    @JsonProperty("base")
    String architecture() {
        return ArchitectureFile.format(costs.base());
    }

    @JsonProperty("classes")
    int classes() {
        return costs.classes();
    }

    @Override
    public int numParameters() {
        return (int) ranges.stream().filter(range -> !range.fixed()).count();
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
        return at(own(parameterValues));
    }

    /** The scaling at a point of the unit cube, which has one coordinate for each range that is not fixed. */
    public CostedCoefficients at(double[] unit) {
        double[] values = values(unit);
        return costs.cost(new Coefficients(values[0], values[1], values[2]), values[3]);
    }

    /** Names of the parameters that are not fixed, in the order of the unit cube's coordinates. */
    public List<String> varying() {
        return NAMES.stream().filter(name -> !ranges.get(place(name)).fixed()).toList();
    }

    /** The place of a parameter among {@link #values}. */
    public int place(String name) {
        return NAMES.indexOf(name);
    }

    /** Alpha, beta, gamma and phi at a point of the unit cube. */
    public double[] values(double[] unit) {
        double[] values = new double[ranges.size()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            Range range = ranges.get(i);
            values[i] = range.fixed() ? range.low() : range.at(unit[next++]);
        }
        return values;
    }

    /** The point of the unit cube that {@link #at} maps to a scaling of this space. */
    public double[] unit(CostedCoefficients scaling) {
        double[] values = {
            scaling.coefficients().alpha(),
            scaling.coefficients().beta(),
            scaling.coefficients().gamma(),
            scaling.phi()
        };
        double[] unit = new double[numParameters()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (!ranges.get(i).fixed()) {
                unit[next++] = ranges.get(i).share(values[i]);
            }
        }
        return unit;
    }
}
