package org.efficientnet4j.notebooks.show;

import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** Bars side by side over named groups. */
public final class Bars extends AxesFigure<Bars> {
    private final CategoryChart chart;
    private final List<String> groups;

    private Bars(String title, List<String> groups) {
        this(new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build(), groups);
    }

    private Bars(CategoryChart chart, List<String> groups) {
        super(chart);
        this.chart = chart;
        this.groups = List.copyOf(groups);
        chart.getStyler().setAvailableSpaceFill(0.75);
    }

    @Override
    Bars self() {
        return this;
    }

    /** A chart without bars. */
    public static Bars of(String title, List<String> groups) {
        return new Bars(title, groups);
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
}
