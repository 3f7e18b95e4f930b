package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlTable;
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

    Html html() {
        HtmlTable table = new HtmlTable()
                .numbers("trial")
                .names("choice")
                .numbers("size", "parameters", "MACs", "ratio", "trained", "ratio", "map")
                .numbers("state", "score", "error", "level with best", "time");
        trials.stream()
                .sorted(Comparator.comparingDouble(TrialTable::order).thenComparing(Trial::number))
                .forEach(trial -> table.cells(cells(trial)));
        return table.scrolling();
    }

    private static double order(Trial trial) {
        return trial.score().isPresent() ? -trial.score().getAsDouble() : Double.POSITIVE_INFINITY;
    }

    private List<Html> cells(Trial trial) {
        List<Html> cells = new ArrayList<>();
        cells.add(Html.element("th", String.valueOf(trial.number())));
        Stream.of(
                        trial.choice().label(),
                        trial.choice().size() + " px",
                        Figures.count(trial.choice().cost().trainableParameters()),
                        Figures.count(trial.choice().cost().macs()))
                .forEach(text -> cells.add(Html.element("td", text)));
        trained(trial).forEach(text -> cells.add(Html.element("td", text)));
        cells.add(state(trial));
        cells.add(Html.element("td", decimal(trial.score())));
        standing(trial).forEach(text -> cells.add(Html.element("td", text)));
        cells.add(Html.element(
                "td",
                trial.duration()
                        .map(time -> Figures.decimal(time.toMillis() / 1000.0, 1) + " s")
                        .orElse("")));
        return cells;
    }

    private static Html state(Trial trial) {
        String state = trial.state().name().toLowerCase(Locale.ROOT);
        Html cell =
                Html.element("td").add(Html.element("span", role(trial, state)).with("class", "state " + state));
        trial.error()
                .ifPresent(text -> cell.with("title", text.lines().findFirst().orElse("")));
        return cell;
    }

    private static String decimal(OptionalDouble value) {
        return value.isPresent() ? Figures.decimal(value.getAsDouble(), 4) : "";
    }

    private List<String> trained(Trial trial) {
        StandIn standIn = standIns.get(trial.number());
        return standIn == null
                ? List.of("", "", "", "")
                : List.of(
                        ratio(standIn.wholeRatio()),
                        Figures.count(standIn.macs()) + " at " + standIn.size() + " px",
                        ratio(standIn.macsRatio()),
                        standIn.map() + " × " + standIn.map());
    }

    private List<String> standing(Trial trial) {
        int number = trial.sameAs().orElse(trial.number());
        return standings.stream()
                .filter(one -> one.trial().number() == number)
                .findFirst()
                .map(one -> List.of(decimal(one.standardError()), one.level() ? "yes" : "no"))
                .orElse(List.of("", ""));
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
