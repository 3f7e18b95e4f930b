package org.efficientnet4j.notebooks.show;

import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Look of all charts: white, large enough to read, faint grid. */
final class Styling {
    private Styling() {}

    static void apply(AxesChartStyler style) {
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartFontColor(Palette.INK);
        style.setChartTitleFont(Canvas.TITLE);
        style.setLegendFont(Canvas.SANS);
        style.setLegendBackgroundColor(new Color(255, 255, 255, 225));
        style.setLegendBorderColor(Palette.FRAME);
        style.setLegendPosition(LegendPosition.InsideNW);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(Palette.FRAME);
        style.setAxisTitleFont(Canvas.BOLD);
        style.setAxisTickLabelsFont(Canvas.SMALL);
        style.setAxisTickLabelsColor(Palette.INK);
        style.setErrorBarsColor(Palette.FAINT);
        style.setChartPadding(12);
    }
}
