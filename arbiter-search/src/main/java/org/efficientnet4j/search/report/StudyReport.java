package org.efficientnet4j.search.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.objective.StandIns;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Standings;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/**
 * A study as an HTML page that needs nothing else: accuracy over cost with the Pareto front, the surface of coefficients,
 * parallel coordinates, each parameter's importance, scaling curves, what the best trial implies, and every trial.
 *
 * @param title the page's heading
 * @param settings what the study is, by name
 * @param base the base network
 * @param classes classifier outputs in the costs
 * @param latencyMillis the latency budget, where there is one
 * @param trials every trial
 * @param search what the study is, where its base network is known
 */
public record StudyReport(
        String title,
        Map<String, String> settings,
        ModelDefinition base,
        int classes,
        OptionalDouble latencyMillis,
        List<Trial> trials,
        Optional<StudySpecification> search) {
    /** Copies the lists. */
    public StudyReport {
        settings = Map.copyOf(settings);
        trials = List.copyOf(trials);
    }

    /** A report without what is trained in the networks' stead. */
    public StudyReport(
            String title,
            Map<String, String> settings,
            ModelDefinition base,
            int classes,
            OptionalDouble latencyMillis,
            List<Trial> trials) {
        this(title, settings, base, classes, latencyMillis, trials, Optional.empty());
    }

    /** The page. */
    public String html() {
        List<Trial> scored = trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE && trial.role() == TrialRole.SEARCH)
                .toList();
        HtmlPage page = new HtmlPage(title, Styles.class, Styles.FILE).header(subtitle());
        Optional<Trial> best = BestTrials.best(scored, latencyMillis);
        if (scored.isEmpty()) {
            page.add(remark("No trial is complete yet."));
        } else if (best.isEmpty()) {
            page.add(remark("No trial keeps the latency budget of " + Figures.decimal(latencyMillis.orElseThrow(), 1)
                    + " ms yet."));
        } else {
            new ReportSections(this, scored, best.get()).addTo(page);
        }
        Html table = new TrialTable(
                        trials,
                        standIns(),
                        standings().map(Standings::standings).orElse(List.of()))
                .html();
        page.add(Section.of("Every trial", "", table).wide());
        if (!settings.isEmpty()) {
            page.add(Section.of("How it was made", "", settingsList()).wide());
        }
        return page.toString();
    }

    private static Html remark(String text) {
        return Html.element("section").with("class", "wide").add(Html.element("p", text));
    }

    private Html settingsList() {
        Html list = Html.box("settings");
        new TreeMap<>(settings)
                .forEach((name, value) -> list.add(
                        Html.element("span").add(Html.element("code", name)).text(" " + value)));
        return list;
    }

    private Html subtitle() {
        long ended = trials.stream().filter(trial -> trial.state().ended()).count();
        long failed = trials.stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .count();
        long pruned = trials.stream()
                .filter(trial -> trial.state() == TrialState.PRUNED)
                .count();
        double seconds = trials.stream()
                        .flatMap(trial -> trial.duration().stream())
                        .mapToDouble(Duration::toMillis)
                        .sum()
                / 1000;
        return Html.element(
                "p",
                base.name() + " · " + ended + " of " + trials.size() + " trials ended"
                        + (pruned > 0 ? ", " + pruned + " of them early" : "")
                        + (failed > 0 ? ", " + failed + " failed" : "")
                        + " · " + Figures.decimal(seconds / 60, 1) + " minutes of training");
    }

    /** What can be told of the scores' order. */
    Optional<Standings> standings() {
        Function<Choice, Object> identity =
                search.map(StudySpecification::identity).orElse(choice -> choice);
        return Standings.of(BestTrials.ranked(trials, latencyMillis), identity);
    }

    /** Standard errors by the trial's number, where they are known. */
    Map<Integer, Double> errors() {
        Map<Integer, Double> errors = new TreeMap<>();
        standings().ifPresent(all -> all.standings().forEach(one -> one.standardError()
                .ifPresent(error -> errors.put(one.trial().number(), error))));
        return errors;
    }

    /** The trials' stand-ins by number. */
    Map<Integer, StandIn> standIns() {
        Map<Integer, StandIn> all = new TreeMap<>();
        search.ifPresent(known -> {
            StandIns made = new StandIns(known.proxy(), known.base());
            trials.forEach(trial -> all.put(trial.number(), made.of(trial.choice(), known.classes())));
        });
        return all;
    }
}
