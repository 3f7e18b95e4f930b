package org.efficientnet4j.search.report;

import java.util.List;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlTable;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;

/**
 * The family that coefficients imply: the base network scaled by phi.
 *
 * <p>The values of phi are those of the reference implementation's B1 to B7 (0.5, 1, 2, 3.5, 5, 6, 7). Released B1 to B7 are
 * hand-rounded and not exactly alpha^phi.
 */
final class VariantTable {
    private static final double[] PHIS = {0, 0.5, 1, 2, 3.5, 5, 6, 7};

    private VariantTable() {}

    static Html draw(ModelDefinition base, Coefficients coefficients, int classes) {
        CostModel costs = new CostModel(base, classes);
        HtmlTable table = new HtmlTable().numbers("", "φ", "depth α^φ", "width β^φ", "size", "parameters", "MACs");
        for (int i = 0; i < PHIS.length; i++) {
            CostedCoefficients scaled = costs.cost(coefficients, PHIS[i]);
            table.cells(List.of(
                    Html.element("th", "B" + i),
                    Html.element("td", Figures.decimal(PHIS[i], 1)),
                    Html.element(
                            "td",
                            "× " + Figures.decimal(coefficients.scaling(PHIS[i]).depth(), 2)),
                    Html.element(
                            "td",
                            "× " + Figures.decimal(coefficients.scaling(PHIS[i]).width(), 2)),
                    Html.element("td", scaled.size() + " px"),
                    Html.element("td", Figures.count(scaled.cost().trainableParameters())),
                    Html.element("td", Figures.count(scaled.cost().macs()))));
        }
        return table.scrolling();
    }
}
