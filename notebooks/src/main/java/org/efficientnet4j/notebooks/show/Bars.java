package org.efficientnet4j.notebooks.show;

import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Bars side by side over named groups. */
public final class Bars implements Figure {
    private final CategoryChart chart;
    private final List<String> groups;

    private Bars(String title, List<String> groups) {
        this.groups = List.copyOf(groups);
        chart = new CategoryChartBuilder()
                .width(Plot.WIDTH)
                .height(Plot.HEIGHT)
                .title(title)
                .build();
        Styling.apply(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(0.75);
    }

    /** A chart without bars. */
    public static Bars of(String title, List<String> groups) {
        return new Bars(title, groups);
    }

    /** Names the axes. */
    public Bars axes(String x, String y) {
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        return this;
    }

    /** Sets the ends of the vertical axis. */
    public Bars rangeY(double from, double to) {
        chart.getStyler().setYAxisMin(from).setYAxisMax(to);
        return this;
    }

    /** Moves the legend to the upper right. */
    public Bars legendRight() {
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        return this;
    }

    /** Adds a bar to each group, in the next colour. */
    public Bars bars(String name, List<? extends Number> values) {
        return bars(name, values, null);
    }

    /** Adds a bar to each group, with a deviation either way. */
    public Bars bars(String name, List<? extends Number> values, List<? extends Number> errors) {
        CategorySeries series = chart.addSeries(name, groups, values, errors);
        series.setFillColor(Palette.series(chart.getSeriesMap().size() - 1));
        return this;
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
