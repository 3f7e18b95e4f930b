package org.efficientnet4j.notebooks.show;

import java.awt.image.BufferedImage;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Chart with two axes and a legend where it shows more than one series.
 *
 * @param <F> the kind of chart, which its setters return
 */
abstract sealed class AxesFigure<F extends AxesFigure<F>> implements Figure permits Bars, Plot {
    static final int WIDTH = 820;
    static final int HEIGHT = 440;

    private final Chart<? extends AxesChartStyler, ?> chart;

    AxesFigure(Chart<? extends AxesChartStyler, ?> chart) {
        this.chart = chart;
        Styling.apply(chart.getStyler());
    }

    abstract F self();

    /** Names the axes. */
    public F axes(String x, String y) {
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        return self();
    }

    /** Sets the ends of the vertical axis. */
    public F rangeY(double from, double to) {
        chart.getStyler().setYAxisMin(from).setYAxisMax(to);
        return self();
    }

    /** Moves the legend to the upper right; it is at the upper left else. */
    public F legendRight() {
        return legend(LegendPosition.InsideNE);
    }

    final F legend(LegendPosition position) {
        chart.getStyler().setLegendPosition(position);
        return self();
    }

    @Override
    public String title() {
        return chart.getTitle();
    }

    @Override
    public BufferedImage picture() {
        chart.getStyler().setLegendVisible(chart.getSeriesMap().size() > 1);
        return BitmapEncoder.getBufferedImage(chart);
    }
}
