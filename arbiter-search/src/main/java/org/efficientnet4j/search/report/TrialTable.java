package org.efficientnet4j.search.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/** Every trial as a row of an HTML table, the best first. */
record TrialTable(List<Trial> trials) {
    TrialTable {
        trials = List.copyOf(trials);
    }

    String html() {
        StringBuilder table =
                new StringBuilder("<div class='scroll'><table><thead><tr><th>trial</th><th class='left'>choice</th>"
                        + "<th>size</th><th>parameters</th><th>MACs</th><th>state</th><th>score</th><th>time</th></tr></thead>"
                        + "<tbody>\n");
        trials.stream()
                .sorted(Comparator.comparingDouble(TrialTable::order).thenComparing(Trial::number))
                .forEach(trial -> append(table, trial));
        return table.append("</tbody></table></div>\n").toString();
    }

    private static double order(Trial trial) {
        return trial.score().isPresent() ? -trial.score().getAsDouble() : Double.POSITIVE_INFINITY;
    }

    private static void append(StringBuilder table, Trial trial) {
        String state = trial.state().name().toLowerCase(Locale.ROOT);
        String error = trial.error()
                .map(text -> " title='" + Svg.escape(text.lines().findFirst().orElse("")) + "'")
                .orElse("");
        table.append("<tr><th>")
                .append(trial.number())
                .append("</th><td class='left'>")
                .append(Svg.escape(trial.choice().label()))
                .append("</td><td>")
                .append(trial.choice().size())
                .append(" px</td><td>")
                .append(Figures.count(trial.choice().cost().trainableParameters()))
                .append("</td><td>")
                .append(Figures.count(trial.choice().cost().macs()))
                .append("</td><td")
                .append(error)
                .append("><span class='state ")
                .append(state)
                .append("'>")
                .append(state)
                .append("</span></td><td>")
                .append(
                        trial.score().isPresent()
                                ? Figures.decimal(trial.score().getAsDouble(), 4)
                                : "")
                .append("</td><td>")
                .append(trial.duration()
                        .map(time -> Figures.decimal(time.toMillis() / 1000.0, 1) + " s")
                        .orElse(""))
                .append("</td></tr>\n");
    }
}
