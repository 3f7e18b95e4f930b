package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Trial;

/**
 * Depth, width and resolution scaled alone, and all together, over MACs.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) figures 3 and 8.
 */
final class DimensionCurves {
    private static final String COMPOUND = "compound";
    private static final double EXACT = 1e-9;

    private DimensionCurves() {}

    /** The picture; empty unless two of the lines have two points. */
    static Optional<Svg> draw(List<Trial> scored) {
        Map<String, List<Trial>> lines = lines(scored);
        long drawable = lines.values().stream().filter(line -> line.size() > 1).count();
        if (drawable < 2) {
            return Optional.empty();
        }
        List<LinePlot.Series> series = new ArrayList<>();
        lines.forEach((name, trials) -> series.add(new LinePlot.Series(
                name,
                "class='kind " + name.replace(' ', '-') + "'",
                name,
                trials.stream()
                        .map(trial -> (double) trial.choice().cost().macs())
                        .toList(),
                trials.stream().map(trial -> trial.score().orElseThrow()).toList(),
                true)));
        return Optional.of(
                LinePlot.draw(series, true, "multiply-accumulates of the whole network", Figures::count, "accuracy"));
    }

    /** The trials of each line by MACs; the base network, which all start from, is in each. */
    static Map<String, List<Trial>> lines(List<Trial> scored) {
        Map<String, List<Trial>> lines = new LinkedHashMap<>();
        for (String name : List.of(COMPOUND, "depth only", "width only", "resolution only")) {
            lines.put(name, new ArrayList<>());
        }
        Coefficients compound = compoundOf(scored).orElse(null);
        for (Trial trial : scored) {
            if (trial.choice() instanceof CostedCoefficients scaled) {
                kind(scaled, compound).forEach(name -> lines.get(name).add(trial));
            }
        }
        lines.values()
                .forEach(line -> line.sort(
                        Comparator.comparingLong(trial -> trial.choice().cost().macs())));
        lines.values().removeIf(line -> line.size() < 2);
        return lines;
    }

    /** The compound coefficients that were tried at most phis. */
    private static Optional<Coefficients> compoundOf(List<Trial> scored) {
        Map<Coefficients, Integer> counts = new LinkedHashMap<>();
        for (Trial trial : scored) {
            if (trial.choice() instanceof CostedCoefficients scaled
                    && single(scaled.coefficients()).isEmpty()) {
                counts.merge(scaled.coefficients(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static List<String> kind(CostedCoefficients scaled, Coefficients compound) {
        if (scaled.phi() == 0) {
            return List.of(COMPOUND, "depth only", "width only", "resolution only");
        }
        Optional<String> alone = single(scaled.coefficients());
        if (alone.isPresent()) {
            return List.of(alone.get());
        }
        return scaled.coefficients().equals(compound) ? List.of(COMPOUND) : List.of();
    }

    private static Optional<String> single(Coefficients c) {
        boolean depth = c.alpha() > 1 + EXACT;
        boolean width = c.beta() > 1 + EXACT;
        boolean resolution = c.gamma() > 1 + EXACT;
        if (depth && !width && !resolution) {
            return Optional.of("depth only");
        }
        if (width && !depth && !resolution) {
            return Optional.of("width only");
        }
        return resolution && !depth && !width ? Optional.of("resolution only") : Optional.empty();
    }
}
