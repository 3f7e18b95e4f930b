package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/** Every trial as a line across one axis for each parameter, its costs and its score. */
final class ParallelPlot {
    private static final int WIDTH = 1140;
    private static final int HEIGHT = 380;
    private static final int SIDE = 60;
    private static final int TOP = 46;
    private static final int BOTTOM = 26;

    private ParallelPlot() {}

    static Svg draw(List<Trial> scored, List<String> varying, Trial best, String scoreName) {
        Map<String, List<Double>> columns = new LinkedHashMap<>();
        for (String name : varying) {
            columns.put(
                    name,
                    scored.stream()
                            .map(trial -> trial.choice().parameters().get(name))
                            .toList());
        }
        columns.put(
                "parameters",
                scored.stream()
                        .map(trial -> (double) trial.choice().cost().trainableParameters())
                        .toList());
        columns.put(
                "MACs",
                scored.stream()
                        .map(trial -> (double) trial.choice().cost().macs())
                        .toList());
        List<Double> scores =
                scored.stream().map(trial -> trial.score().orElseThrow()).toList();
        columns.put(scoreName, scores);
        return lines(scored, columns, scores, best);
    }

    private static Svg lines(List<Trial> scored, Map<String, List<Double>> columns, List<Double> scores, Trial best) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        List<String> names = new ArrayList<>(columns.keySet());
        List<Scale> scales = new ArrayList<>();
        for (String name : names) {
            scales.add(Scale.linear(columns.get(name), HEIGHT - BOTTOM, TOP));
        }
        double low = scores.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = Math.max(
                low + 1e-9,
                scores.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scored.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(scores::get)); // the best lie on top
        for (int trial : order) {
            double[] points = new double[2 * names.size()];
            for (int axis = 0; axis < names.size(); axis++) {
                points[2 * axis] = x(axis, names.size());
                points[2 * axis + 1] =
                        scales.get(axis).at(columns.get(names.get(axis)).get(trial));
            }
            double share = (scores.get(trial) - low) / (high - low);
            String style = scored.get(trial).number() == best.number()
                    ? "class='best-line'"
                    : "class='line' stroke='" + Figures.colour(share) + "'";
            svg.polyline(points, style, CostPlot.tip(scored.get(trial)));
        }
        for (int axis = 0; axis < names.size(); axis++) {
            axis(svg, x(axis, names.size()), names.get(axis), scales.get(axis));
        }
        return svg;
    }

    private static void axis(Svg svg, double x, String name, Scale scale) {
        svg.line(x, TOP, x, HEIGHT - BOTTOM, "class='axis'");
        svg.text(x, 22, "middle", "class='label'", name);
        for (double tick : scale.ticks()) {
            svg.line(x - 4, scale.at(tick), x, scale.at(tick), "class='axis'");
            svg.text(
                    x - 8,
                    scale.at(tick) + 4,
                    "end",
                    "class='small halo'",
                    Math.abs(tick) >= 1000 ? Figures.count(tick) : Figures.decimal(tick, 3));
        }
    }

    private static double x(int axis, int axes) {
        return axes == 1 ? WIDTH / 2.0 : SIDE + axis * (WIDTH - 2.0 * SIDE) / (axes - 1);
    }
}
