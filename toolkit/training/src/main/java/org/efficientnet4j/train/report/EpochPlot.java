package org.efficientnet4j.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;

/** Curves over epochs, with the run's phases marked behind them. */
final class EpochPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 48;
    /** A phase narrower than this has no room for its words. */
    private static final double NARROWEST_LABEL = 46;

    private final List<EpochRow> rows;
    private final Scale x;

    EpochPlot(List<EpochRow> rows) {
        this.rows = rows;
        // Epochs are stretches that end where they are measured: the first begins at 0.
        this.x = new Scale(0, rows.get(rows.size() - 1).epoch(), LEFT, WIDTH - RIGHT, false);
    }

    /**
     * One curve.
     *
     * @param name in the legend
     * @param key of the metrics
     * @param style CSS class
     */
    record Curve(String name, String key, String style) {}

    Html draw(List<Curve> curves, String title, DoubleFunction<String> label) {
        List<Double> values = new ArrayList<>();
        for (Curve curve : curves) {
            rows.forEach(row -> row.value(curve.key()).ifPresent(values::add));
        }
        Scale y = Scale.linear(values, HEIGHT - BOTTOM, TOP + 8);
        Svg svg = new Svg(WIDTH, HEIGHT);
        phases(svg);
        axes(svg, y, title, label);
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, curves.get(i), y, label);
            legend(svg, curves, i);
        }
        return Html.box("plot").picture(svg);
    }

    private void phases(Svg svg) {
        int first = 0;
        int number = 0;
        for (int i = 1; i <= rows.size(); i++) {
            if (i < rows.size() && rows.get(i).phase().equals(rows.get(first).phase())) {
                continue;
            }
            String phase = rows.get(first).phase();
            double from = x.at(rows.get(first).epoch() - 1.0);
            double to = x.at(rows.get(i - 1).epoch());
            if (!phase.isEmpty()) {
                String style = "class='" + (number % 2 == 0 ? "even" : "odd") + "'";
                svg.rectangle(from, TOP - 22.0, to - from, HEIGHT - BOTTOM - TOP + 22.0, style, phase);
                if (to - from >= NARROWEST_LABEL) {
                    svg.text((from + to) / 2, TOP - 7.0, "middle", "class='phase'", fitting(phase, to - from));
                }
            }
            first = i;
            number++;
        }
    }

    /** As many of the phase's parts as fit, about 6.2 units a letter. */
    private static String fitting(String phase, double width) {
        String text = phase;
        while (text.length() * 6.2 > width - 8 && text.contains(" · ")) {
            text = text.substring(0, text.lastIndexOf(" · "));
        }
        return text;
    }

    private void axes(Svg svg, Scale y, String title, DoubleFunction<String> label) {
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "class='grid'");
            svg.text(LEFT - 8.0, y.at(tick) + 4, "end", "class='tick'", label.apply(tick));
        }
        for (double tick : x.ticks()) {
            if (tick == Math.rint(tick)) {
                svg.line(x.at(tick), HEIGHT - BOTTOM, x.at(tick), HEIGHT - BOTTOM + 5.0, "class='axis'");
                svg.text(x.at(tick), HEIGHT - BOTTOM + 20.0, "middle", "class='tick'", Text.decimal(tick, 0));
            }
        }
        svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "class='axis'");
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8.0, "middle", "class='title'", "epoch");
        svg.upwards(15, (TOP + HEIGHT - BOTTOM) / 2.0, "class='title'", title);
    }

    private void curve(Svg svg, Curve curve, Scale y, DoubleFunction<String> label) {
        List<EpochRow> measured =
                rows.stream().filter(row -> row.value(curve.key()).isPresent()).toList();
        double[] points = new double[2 * measured.size()];
        for (int i = 0; i < measured.size(); i++) {
            points[2 * i] = x.at(measured.get(i).epoch());
            points[2 * i + 1] = y.at(measured.get(i).value(curve.key()).orElseThrow());
        }
        svg.polyline(points, "class='curve " + curve.style() + "'", curve.name());
        double radius = measured.size() > 60 ? 2 : 3.5;
        for (int i = 0; i < measured.size(); i++) {
            EpochRow row = measured.get(i);
            svg.circle(
                    points[2 * i],
                    points[2 * i + 1],
                    radius,
                    "class='dot " + curve.style() + "'",
                    "epoch " + row.epoch() + ", " + curve.name() + ": "
                            + label.apply(row.value(curve.key()).orElseThrow()));
        }
    }

    private static void legend(Svg svg, List<Curve> curves, int index) {
        if (curves.size() > 1) {
            double left = LEFT + 12.0 + 120 * index;
            svg.line(
                    left,
                    HEIGHT - 12.0,
                    left + 22,
                    HEIGHT - 12.0,
                    "class='curve " + curves.get(index).style() + "'");
            svg.text(
                    left + 28,
                    HEIGHT - 8.0,
                    "start",
                    "class='tick'",
                    curves.get(index).name());
        }
    }
}
