package org.efficientnet4j.search.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.statistics.Standings.Standing;
import org.efficientnet4j.search.study.Trial;

/** Every trial as a row of an HTML table, the best first. */
record TrialTable(List<Trial> trials, Map<Integer, StandIn> standIns, List<Standing> standings) {
    TrialTable {
        trials = List.copyOf(trials);
        standIns = Map.copyOf(standIns);
        standings = List.copyOf(standings);
    }

    String html() {
        StringBuilder table =
                new StringBuilder("<div class='scroll'><table><thead><tr><th>trial</th><th class='left'>choice</th>"
                        + "<th>size</th><th>parameters</th><th>MACs</th><th>ratio</th><th>trained</th><th>ratio</th><th>map</th>"
                        + "<th>state</th><th>score</th><th>error</th><th>level with best</th><th>time</th></tr></thead>"
                        + "<tbody>\n");
        trials.stream()
                .sorted(Comparator.comparingDouble(TrialTable::order).thenComparing(Trial::number))
                .forEach(trial -> append(table, trial));
        return table.append("</tbody></table></div>\n").toString();
    }

    private static double order(Trial trial) {
        return trial.score().isPresent() ? -trial.score().getAsDouble() : Double.POSITIVE_INFINITY;
    }

    private void append(StringBuilder table, Trial trial) {
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
                .append("</td>")
                .append(trained(trial))
                .append("<td")
                .append(error)
                .append("><span class='state ")
                .append(state)
                .append("'>")
                .append(role(trial, state))
                .append("</span></td><td>")
                .append(
                        trial.score().isPresent()
                                ? Figures.decimal(trial.score().getAsDouble(), 4)
                                : "")
                .append("</td>")
                .append(standing(trial))
                .append("<td>")
                .append(trial.duration()
                        .map(time -> Figures.decimal(time.toMillis() / 1000.0, 1) + " s")
                        .orElse(""))
                .append("</td></tr>\n");
    }

    private String trained(Trial trial) {
        StandIn standIn = standIns.get(trial.number());
        return standIn == null
                ? "<td></td><td></td><td></td><td></td>"
                : "<td>" + ratio(standIn.wholeRatio()) + "</td><td>" + Figures.count(standIn.macs()) + " at "
                        + standIn.size() + " px</td><td>" + ratio(standIn.macsRatio()) + "</td><td>" + standIn.map()
                        + " × " + standIn.map() + "</td>";
    }

    private String standing(Trial trial) {
        int number = trial.sameAs().orElse(trial.number());
        return standings.stream()
                .filter(one -> one.trial().number() == number)
                .findFirst()
                .map(one -> "<td>"
                        + (one.standardError().isPresent()
                                ? Figures.decimal(one.standardError().getAsDouble(), 4)
                                : "")
                        + "</td><td>" + (one.level() ? "yes" : "no") + "</td>")
                .orElse("<td></td><td></td>");
    }

    private static String role(Trial trial, String state) {
        return switch (trial.role()) {
            case SEARCH ->
                trial.sameAs().isPresent() ? "as trial " + trial.sameAs().getAsInt() : state;
            case CONFIRM, LEADER -> state + ", repeats " + trial.repeats().orElseThrow();
            case TEST -> state + ", tests " + trial.repeats().orElseThrow();
            case FAMILY -> state + ", of the family";
        };
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
