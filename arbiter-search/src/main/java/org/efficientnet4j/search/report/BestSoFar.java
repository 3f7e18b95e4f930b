package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/** Scores in the order in which trials ended, and the highest until then. */
final class BestSoFar {
    private static final int LEAST_TRIALS = 3;

    private BestSoFar() {}

    /** The picture; empty for fewer than 3 trials whose end is known. */
    static Optional<Svg> draw(List<Trial> scored, Map<Integer, Double> errors, String scoreName, boolean isShare) {
        List<Trial> ordered = scored.stream()
                .filter(trial -> trial.ended().isPresent() && trial.sameAs().isEmpty())
                .sorted(Comparator.comparing((Trial trial) -> trial.ended().orElseThrow())
                        .thenComparing(Trial::number))
                .toList();
        if (ordered.size() < LEAST_TRIALS) {
            return Optional.empty();
        }
        Scale x = Scale.linear(List.of(1.0, (double) ordered.size()), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
        Scale y = Scale.linear(
                ordered.stream().map(trial -> trial.score().orElseThrow()).toList(),
                Frame.HEIGHT - Frame.BOTTOM,
                Frame.TOP);
        Svg svg = Frame.draw(
                x,
                "trials that have ended",
                value -> value == Math.rint(value) ? Figures.decimal(value, 0) : "",
                y,
                scoreName,
                isShare ? Frame.percents(y) : value -> Figures.decimal(value, 3));
        List<Double> steps = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ordered.size(); i++) {
            Trial trial = ordered.get(i);
            double score = trial.score().orElseThrow();
            double error = errors.getOrDefault(trial.number(), 0.0);
            if (error > 0) {
                svg.line(
                        x.at(i + 1),
                        y.at(Math.max(y.low(), score - error)),
                        x.at(i + 1),
                        y.at(Math.min(y.high(), score + error)),
                        "class='error'");
            }
            svg.circle(x.at(i + 1), y.at(score), 4, "class='point'", CostPlot.tip(trial));
            if (score > best) {
                if (i > 0) {
                    steps.add(x.at(i + 1));
                    steps.add(y.at(best));
                }
                best = score;
                steps.add(x.at(i + 1));
                steps.add(y.at(best));
            }
        }
        steps.add(x.at(ordered.size()));
        steps.add(y.at(best));
        svg.polyline(
                steps.stream().mapToDouble(Double::doubleValue).toArray(), "class='front'", "the highest score so far");
        return Optional.of(svg);
    }
}
