package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/**
 * The surface of admitted (alpha, beta, gamma) seen along alpha: a cell for each beta and gamma, coloured by the best score
 * of the alphas that fit there.
 */
final class SurfaceMap {
    private static final int LEFT = 70;
    private static final int TOP = 14;
    private static final int BOTTOM = 56;
    private static final int LEGEND = 90;

    private SurfaceMap() {}

    /** Returns whether there is a surface: one phi, and at least three values of beta and of gamma. */
    static boolean applies(List<Trial> scored) {
        return values(scored, "phi").size() == 1
                && values(scored, "beta").size() > 2
                && values(scored, "gamma").size() > 2;
    }

    static Svg draw(List<Trial> scored, Trial best) {
        List<Double> betas = values(scored, "beta");
        List<Double> gammas = values(scored, "gamma");
        Map<List<Double>, Trial> cells = cells(scored);
        double low = lowest(cells.values());
        double high = Math.max(low + 1e-9, best.score().orElseThrow());
        double cellWidth = (Frame.WIDTH - LEFT - LEGEND) / (double) betas.size();
        double cellHeight = Math.min(52, 420.0 / gammas.size());
        int height = (int) (TOP + BOTTOM + cellHeight * gammas.size());
        Svg svg = new Svg(Frame.WIDTH, height);
        for (Map.Entry<List<Double>, Trial> cell : cells.entrySet()) {
            int column = betas.indexOf(cell.getKey().get(0));
            int row = gammas.size() - 1 - gammas.indexOf(cell.getKey().get(1));
            Trial trial = cell.getValue();
            double share = (trial.score().orElseThrow() - low) / (high - low);
            double x = LEFT + column * cellWidth;
            double y = TOP + row * cellHeight;
            String ring = trial.number() == best.number() ? "class='best-cell' " : "";
            svg.rectangle(
                    x + 1.5,
                    y + 1.5,
                    cellWidth - 3,
                    cellHeight - 3,
                    ring + "rx='4' fill='" + Figures.colour(share) + "'",
                    CostPlot.tip(trial));
            String ink = "style='fill:" + (share > 0.6 ? "#16202b" : "#ffffff") + "'";
            svg.text(
                    x + cellWidth / 2,
                    y + cellHeight / 2,
                    "middle",
                    "class='cell' " + ink,
                    Figures.percent(trial.score().orElseThrow()));
            svg.text(
                    x + cellWidth / 2,
                    y + cellHeight / 2 + 13,
                    "middle",
                    "class='small' " + ink,
                    "α " + Figures.decimal(trial.choice().parameters().get("alpha"), 2));
        }
        labels(svg, betas, gammas, cellWidth, cellHeight, height);
        legend(svg, low, high, cellHeight * gammas.size());
        return svg;
    }

    private static void labels(
            Svg svg, List<Double> betas, List<Double> gammas, double cellWidth, double cellHeight, int height) {
        for (int i = 0; i < betas.size(); i++) {
            svg.text(
                    LEFT + (i + 0.5) * cellWidth,
                    height - BOTTOM + 20,
                    "middle",
                    "class='tick'",
                    Figures.decimal(betas.get(i), 2));
        }
        for (int i = 0; i < gammas.size(); i++) {
            svg.text(
                    LEFT - 8,
                    TOP + (gammas.size() - i - 0.5) * cellHeight + 4,
                    "end",
                    "class='tick'",
                    Figures.decimal(gammas.get(i), 2));
        }
        svg.text((LEFT + Frame.WIDTH - LEGEND) / 2.0, height - 12, "middle", "class='title'", "β (width)");
        svg.upwards(18, TOP + gammas.size() * cellHeight / 2, "class='title'", "γ (resolution)");
    }

    private static void legend(Svg svg, double low, double high, double height) {
        int steps = 40;
        double x = Frame.WIDTH - LEGEND + 22;
        for (int i = 0; i < steps; i++) {
            double y = TOP + height * (steps - 1 - i) / steps;
            svg.rectangle(x, y, 14, height / steps + 0.7, "fill='" + Figures.colour((i + 0.5) / steps) + "'", "");
        }
        svg.text(x + 19, TOP + 10, "start", "class='tick'", Figures.percent(high));
        svg.text(x + 19, TOP + height, "start", "class='tick'", "≤ " + Figures.percent(low));
    }

    private static Map<List<Double>, Trial> cells(List<Trial> scored) {
        Map<List<Double>, Trial> cells = new TreeMap<>(
                Comparator.<List<Double>>comparingDouble(cell -> cell.get(0)).thenComparingDouble(cell -> cell.get(1)));
        for (Trial trial : scored) {
            List<Double> cell = List.of(
                    trial.choice().parameters().get("beta"),
                    trial.choice().parameters().get("gamma"));
            cells.merge(
                    cell, trial, (a, b) -> b.score().orElseThrow() > a.score().orElseThrow() ? b : a);
        }
        return cells;
    }

    /** The score below which all cells look alike: a few very bad ones would leave the rest one colour. */
    private static double lowest(Collection<Trial> cells) {
        double[] sorted = cells.stream()
                .mapToDouble(trial -> trial.score().orElseThrow())
                .sorted()
                .toArray();
        return sorted[sorted.length / 8];
    }

    private static List<Double> values(List<Trial> scored, String name) {
        TreeSet<Double> values = new TreeSet<>();
        for (Trial trial : scored) {
            Double value = trial.choice().parameters().get(name);
            if (value != null) {
                values.add(value);
            }
        }
        return new ArrayList<>(values);
    }
}
