package org.efficientnet4j.search.report;

import java.util.Locale;
import org.efficientnet4j.models.ModelDefinition;
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

    static String draw(ModelDefinition base, Coefficients coefficients, int classes) {
        CostModel costs = new CostModel(base, classes);
        StringBuilder table = new StringBuilder("<table><thead><tr><th></th><th>φ</th><th>depth α<sup>φ</sup></th>"
                + "<th>width β<sup>φ</sup></th><th>size</th><th>parameters</th><th>MACs</th></tr></thead><tbody>\n");
        for (int i = 0; i < PHIS.length; i++) {
            CostedCoefficients scaled = costs.cost(coefficients, PHIS[i]);
            table.append(String.format(
                    Locale.ROOT,
                    "<tr><th>B%d</th><td>%s</td><td>× %s</td><td>× %s</td><td>%d px</td><td>%s</td><td>%s</td></tr>%n",
                    i,
                    Figures.decimal(PHIS[i], 1),
                    Figures.decimal(coefficients.scaling(PHIS[i]).depth(), 2),
                    Figures.decimal(coefficients.scaling(PHIS[i]).width(), 2),
                    scaled.size(),
                    Figures.count(scaled.cost().trainableParameters()),
                    Figures.count(scaled.cost().macs())));
        }
        return table.append("</tbody></table>\n").toString();
    }
}
