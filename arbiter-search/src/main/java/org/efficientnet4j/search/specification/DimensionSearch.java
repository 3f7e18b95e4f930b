package org.efficientnet4j.search.specification;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.space.ScalingSpace;

/**
 * Depth, width and resolution scaled alone, and all together.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) figures 3 and 8.
 *
 * @param phis how far each is scaled
 * @param compound the coefficients of all together
 */
public record DimensionSearch(List<Double> phis, Coefficients compound) implements SpaceSpecification {
    private static final double ROOT_TWO = Math.sqrt(2);

    /** Copies the list. */
    public DimensionSearch {
        phis = List.copyOf(phis);
        Objects.requireNonNull(compound, "compound");
    }

    @Override
    public String title() {
        return "comparison of dimensions";
    }

    @Override
    public String command() {
        return "dimensions";
    }

    @Override
    public Map<String, String> flags() {
        return Map.of(
                "--phis",
                phis.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--coefficients",
                compound.alpha() + "," + compound.beta() + "," + compound.gamma());
    }

    @Override
    public boolean exhaustive() {
        return true;
    }

    @Override
    public SearchPlan<CostedCoefficients> plan(StudySpecification study) {
        CostModel costs = new CostModel(study.base(), study.classes());
        List<Coefficients> kinds = List.of(
                new Coefficients(2, 1, 1),
                new Coefficients(1, ROOT_TWO, 1),
                new Coefficients(1, 1, ROOT_TWO),
                compound);
        Set<CostedCoefficients> choices = new LinkedHashSet<>();
        for (double phi : phis) {
            // At phi = 0 all four are the base network: once is enough.
            for (Coefficients kind : phi == 0 ? kinds.subList(3, 4) : kinds) {
                choices.add(costs.cost(kind, phi));
            }
        }
        ScalingSpace space = new ScalingSpace(
                new Range(1, Math.max(2, compound.alpha())),
                new Range(1, Math.max(2, compound.beta())),
                new Range(1, Math.max(2, compound.gamma())),
                new Range(0, 10),
                costs);
        return SearchPlan.ofAll(space, new ArrayList<>(choices));
    }
}
