package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/** Score over multiply-accumulates: a point a trial, and the front of those that none beats in both. */
final class CostPlot {
    private static final double LETTER = 7.2; // pixels of a letter, on average
    private static final int LONGEST_LABEL = 24;

    private CostPlot() {}

    /** Trials that no other equals or beats in cost and beats in score, from cheap to dear. */
    static List<Trial> front(List<Trial> scored) {
        List<Trial> byCost = new ArrayList<>(scored);
        byCost.sort(Comparator.comparingDouble(CostPlot::macs)
                .thenComparing(trial -> -score(trial))
                .thenComparing(Trial::number));
        List<Trial> front = new ArrayList<>();
        for (Trial trial : byCost) {
            if (front.isEmpty() || score(trial) > score(front.get(front.size() - 1))) {
                front.add(trial);
            }
        }
        return front;
    }

    /** @param errors standard errors by the number of their trial, for those whose error is known */
    static Svg draw(
            List<Trial> scored,
            List<Trial> admitted,
            Trial best,
            Map<Integer, Double> errors,
            String scoreName,
            boolean isShare) {
        Scale x =
                Scale.logarithmic(scored.stream().map(CostPlot::macs).toList(), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
        Scale y = Scale.linear(scored.stream().map(CostPlot::score).toList(), Frame.HEIGHT - Frame.BOTTOM, Frame.TOP);
        Svg svg = Frame.draw(
                x,
                "multiply-accumulates of the whole network",
                Figures::count,
                y,
                scoreName,
                isShare ? Frame.percents(y) : value -> Figures.decimal(value, 3));
        List<Trial> front = front(admitted);
        List<Double> steps = new ArrayList<>();
        for (Trial trial : front) {
            steps.add(x.at(macs(trial)));
            steps.add(y.at(score(trial)));
        }
        svg.polyline(
                steps.stream().mapToDouble(Double::doubleValue).toArray(),
                "class='front'",
                "Pareto front: no trial is cheaper and better");
        Set<Trial> onFront = new HashSet<>(front);
        for (Trial trial : scored) {
            double error = errors.getOrDefault(trial.number(), 0.0);
            if (error > 0) {
                double low = Math.max(y.low(), score(trial) - error);
                double high = Math.min(y.high(), score(trial) + error);
                svg.line(x.at(macs(trial)), y.at(low), x.at(macs(trial)), y.at(high), "class='error'");
            }
        }
        for (Trial trial : scored) {
            svg.circle(
                    x.at(macs(trial)),
                    y.at(score(trial)),
                    onFront.contains(trial) ? 5.5 : 4,
                    onFront.contains(trial) ? "class='on-front'" : "class='point'",
                    tip(trial));
        }
        double bestX = x.at(macs(best));
        svg.circle(bestX, y.at(score(best)), 9, "class='ring'", "best: " + tip(best));
        boolean right = bestX > Frame.WIDTH * 0.75;
        String label = best.choice().label().length() > LONGEST_LABEL
                ? "trial " + best.number()
                : best.choice().label();
        double width = LETTER * label.length();
        svg.rectangle( // behind the label, so that no line strikes it through
                bestX + (right ? -14 - width : 12), y.at(score(best)) - 10, width + 2, 20, "class='ground'", "");
        svg.text(bestX + (right ? -14 : 14), y.at(score(best)) + 4, right ? "end" : "start", "class='label'", label);
        return svg;
    }

    static String tip(Trial trial) {
        return "trial " + trial.number() + ": " + trial.choice().label() + "\nscore "
                + Figures.decimal(score(trial), 4) + ", "
                + Figures.count(trial.choice().cost().trainableParameters()) + " parameters, "
                + Figures.count(macs(trial)) + " MACs";
    }

    private static double macs(Trial trial) {
        return trial.choice().cost().macs();
    }

    private static double score(Trial trial) {
        return trial.score().orElseThrow();
    }
}
