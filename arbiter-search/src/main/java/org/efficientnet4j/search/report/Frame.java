package org.efficientnet4j.search.report;

import java.util.function.DoubleFunction;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;

/** The axes around a plot: grid lines, tick labels, titles. */
final class Frame {
    static final int WIDTH = 760;
    static final int HEIGHT = 420;
    static final int LEFT = 70;
    static final int RIGHT = 20;
    static final int TOP = 16;
    static final int BOTTOM = 56;

    private Frame() {}

    /** An empty picture with both axes. */
    static Svg draw(
            Scale x,
            String xTitle,
            DoubleFunction<String> xLabel,
            Scale y,
            String yTitle,
            DoubleFunction<String> yLabel) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "class='grid'");
            svg.text(LEFT - 8, y.at(tick) + 4, "end", "class='tick'", yLabel.apply(tick));
        }
        for (double tick : x.ticks()) {
            if (xLabel.apply(tick).isEmpty()) {
                continue;
            }
            svg.line(x.at(tick), HEIGHT - BOTTOM, x.at(tick), HEIGHT - BOTTOM + 5, "class='axis'");
            svg.text(x.at(tick), HEIGHT - BOTTOM + 20, "middle", "class='tick'", xLabel.apply(tick));
        }
        svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "class='axis'");
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "class='title'", xTitle);
        svg.upwards(18, (TOP + HEIGHT - BOTTOM) / 2.0, "class='title'", yTitle);
        return svg;
    }

    /** A percentage's label with as many decimals as the axis needs. */
    static DoubleFunction<String> percents(Scale scale) {
        double step = Scale.step((scale.high() - scale.low()) / 5);
        int decimals = step < 0.001 ? 2 : step < 0.01 ? 1 : 0;
        return value -> Figures.decimal(100 * value, decimals) + " %";
    }
}
