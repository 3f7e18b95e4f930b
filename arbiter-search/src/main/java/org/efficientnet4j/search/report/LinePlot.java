package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;

/** Lines through points, with a legend for those that have a name. */
final class LinePlot {
    /**
     * One line.
     *
     * @param name in the legend; empty for none
     * @param style its SVG attributes
     * @param tip shown when pointed at
     * @param xs abscissas, ascending
     * @param ys ordinates
     * @param marked whether the points are marked
     */
    record Series(String name, String style, String tip, List<Double> xs, List<Double> ys, boolean marked) {
        Series {
            xs = List.copyOf(xs);
            ys = List.copyOf(ys);
        }
    }

    private LinePlot() {}

    static Svg draw(
            List<Series> series, boolean logarithmic, String xTitle, DoubleFunction<String> xLabel, String yTitle) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        series.forEach(one -> {
            xs.addAll(one.xs());
            ys.addAll(one.ys());
        });
        int end = Frame.WIDTH - Frame.RIGHT;
        Scale x = logarithmic ? Scale.logarithmic(xs, Frame.LEFT, end) : Scale.linear(xs, Frame.LEFT, end);
        Scale y = Scale.linear(ys, Frame.HEIGHT - Frame.BOTTOM, Frame.TOP);
        Svg svg = Frame.draw(x, xTitle, xLabel, y, yTitle, Frame.percents(y));
        int row = 0;
        for (Series one : series) {
            double[] points = new double[2 * one.xs().size()];
            for (int i = 0; i < one.xs().size(); i++) {
                points[2 * i] = x.at(one.xs().get(i));
                points[2 * i + 1] = y.at(one.ys().get(i));
            }
            svg.polyline(points, one.style(), one.tip());
            for (int i = 0; one.marked() && i < one.xs().size(); i++) {
                svg.circle(
                        points[2 * i], points[2 * i + 1], 4.5, one.style() + " style='fill:currentColor'", one.tip());
            }
            if (!one.name().isEmpty()) {
                double top = Frame.HEIGHT - Frame.BOTTOM - 24.0 - 20 * row++;
                svg.line(end - 150, top, end - 122, top, one.style());
                svg.text(end - 114, top + 4, "start", "class='label'", one.name());
            }
        }
        return svg;
    }
}
