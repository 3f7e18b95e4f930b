package org.efficientnet4j.notebooks.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and points over two axes. */
public final class Plot extends AxesFigure<Plot> {
    private static final float THICK = 2.5f;
    private static final int MARKER = 8;

    private final XYChart chart;
    private int series;

    private Plot(String title) {
        this(new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build());
    }

    private Plot(XYChart chart) {
        super(chart);
        this.chart = chart;
        chart.getStyler().setMarkerSize(MARKER);
    }

    @Override
    Plot self() {
        return this;
    }

    /** An empty plot. */
    public static Plot of(String title) {
        return new Plot(title);
    }

    /** Makes the horizontal axis logarithmic. */
    public Plot logarithmicX() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    /** Makes the vertical axis logarithmic. */
    public Plot logarithmicY() {
        chart.getStyler().setYAxisLogarithmic(true);
        return this;
    }

    /** Moves the legend to the lower right; it is at the upper left else. */
    public Plot legendBelow() {
        return legend(LegendPosition.InsideSE);
    }

    /** Adds a line with a dot at each point, in the next colour. */
    public Plot line(String name, List<? extends Number> x, List<? extends Number> y) {
        add(name, x, y, null).setMarker(SeriesMarkers.CIRCLE);
        return this;
    }

    /** Adds a line whose points have a deviation either way. */
    public Plot line(String name, List<? extends Number> x, List<? extends Number> y, List<? extends Number> error) {
        add(name, x, y, error).setMarker(SeriesMarkers.CIRCLE);
        return this;
    }

    /** Adds a line without dots. */
    public Plot curve(String name, List<? extends Number> x, List<? extends Number> y) {
        add(name, x, y, null).setMarker(SeriesMarkers.NONE);
        return this;
    }

    /** Adds a grey dashed line without dots: a rule to compare with. */
    public Plot rule(String name, List<? extends Number> x, List<? extends Number> y) {
        XYSeries added = add(name, x, y, null);
        series--; // takes no colour
        added.setMarker(SeriesMarkers.NONE);
        added.setLineColor(Palette.FAINT);
        added.setLineStyle(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0));
        return this;
    }

    /** Adds points without a line. */
    public Plot points(String name, List<? extends Number> x, List<? extends Number> y) {
        points(add(name, x, y, null));
        return this;
    }

    /** Adds points without a line that have a deviation either way. */
    public Plot points(String name, List<? extends Number> x, List<? extends Number> y, List<? extends Number> error) {
        points(add(name, x, y, error));
        return this;
    }

    private static void points(XYSeries added) {
        added.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        added.setMarker(SeriesMarkers.CIRCLE);
    }

    private XYSeries add(
            String name, List<? extends Number> x, List<? extends Number> y, List<? extends Number> error) {
        XYSeries added = chart.addSeries(name, x, y, error);
        Color colour = Palette.series(series++);
        added.setLineColor(colour);
        added.setMarkerColor(colour);
        added.setLineStyle(new BasicStroke(THICK, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return added;
    }
}
