package org.efficientnet4j.search.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.objective.ProxyCheck;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.objective.StandIns;
import org.efficientnet4j.search.sampler.Outlook;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Conclusions;
import org.efficientnet4j.search.statistics.Standings;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
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
    private static final int PROPOSALS = 3;

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
        StringBuilder body = new StringBuilder();
        body.append("<header><h1>")
                .append(Svg.escape(title))
                .append("</h1>")
                .append(subtitle())
                .append("</header>\n");
        if (scored.isEmpty()) {
            body.append("<section class='wide'><p>No trial is complete yet.</p></section>\n");
        } else {
            Optional<Trial> best = BestTrials.best(scored, latencyMillis);
            if (best.isEmpty()) {
                body.append("<section class='wide'><p>No trial keeps the latency budget of ")
                        .append(Figures.decimal(latencyMillis.orElseThrow(), 1))
                        .append(" ms yet.</p></section>\n");
            } else {
                appendPlots(body, scored, best.get());
            }
        }
        body.append(Page.section(
                "wide",
                "Every trial",
                "",
                new TrialTable(
                                trials,
                                standIns(),
                                standings().map(Standings::standings).orElse(List.of()))
                        .html()));
        if (!settings.isEmpty()) {
            body.append(Page.section("wide", "How it was made", "", settingsList()));
        }
        return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'><title>" + Svg.escape(title)
                + "</title><style>" + Page.resource("report.css") + "</style></head><body><main>\n" + body
                + "</main></body></html>\n";
    }

    private String settingsList() {
        StringBuilder list = new StringBuilder("<div class='settings'>");
        new TreeMap<>(settings).forEach((name, value) -> list.append("<span><code>")
                .append(Svg.escape(name))
                .append("</code> ")
                .append(Svg.escape(value))
                .append("</span>"));
        return list.append("</div>").toString();
    }

    private String subtitle() {
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
        return "<p>" + Svg.escape(base.name()) + " · " + ended + " of " + trials.size() + " trials ended"
                + (pruned > 0 ? ", " + pruned + " of them early" : "") + (failed > 0 ? ", " + failed + " failed" : "")
                + " · " + Figures.decimal(seconds / 60, 1) + " minutes of training</p>";
    }

    private void appendPlots(StringBuilder page, List<Trial> scored, Trial best) {
        List<String> halves = new ArrayList<>();
        List<String> varying = varying(scored);
        boolean reward = scored.stream()
                .anyMatch(trial -> trial.measure(TrialOutcome.ACCURACY)
                                .orElse(trial.score().orElseThrow())
                        != trial.score().orElseThrow());
        String scoreName = reward ? "reward" : "accuracy";
        page.append(bestCard(best, scoreName, !reward));
        page.append(conclusions());
        halves.add(Page.section(
                "",
                "What accuracy costs",
                "Each point is a trial; the line joins those within the budgets that no other beats in both. Bars are standard errors. Point at one to read it.",
                CostPlot.draw(scored, BestTrials.ranked(scored, latencyMillis), best, errors(), scoreName, !reward)));
        if (best.choice() instanceof CostedCoefficients && SurfaceMap.applies(scored)) {
            halves.add(Page.section(
                    "",
                    "The surface of coefficients",
                    "Best accuracy for each width β and resolution γ, with the depth α that reached it.",
                    SurfaceMap.draw(scored, best)));
        }
        DimensionCurves.draw(scored)
                .ifPresent(curves -> halves.add(Page.section(
                        "",
                        "One dimension alone against all together",
                        "Networks of about equal cost, scaled in depth, width or resolution only, or in all three.",
                        curves)));
        BestSoFar.draw(scored, errors(), scoreName, !reward)
                .ifPresent(plot -> halves.add(Page.section(
                        "",
                        "Best so far",
                        "Scores in the order of their end; the line is the highest until then, which also rises by choice"
                                + " alone.",
                        plot)));
        outlook().ifPresent(found -> found.courses()
                .forEach(course -> halves.add(Page.section(
                        "",
                        "The process along " + course.parameter(),
                        process(found, found.courses().size() > 1),
                        PosteriorPlot.draw(found, course, scoreName).toString()))));
        if (!varying.isEmpty() && scored.size() >= ImportancePlot.LEAST_TRIALS) {
            halves.add(importance(scored, varying));
        }
        if (scored.stream().anyMatch(trial -> trial.curve(0).size() > 1)) {
            halves.add(Page.section(
                    "",
                    "Validation curves",
                    "Accuracy after each epoch, a line for each seed; the best trial stands out.",
                    curves(best)));
        }
        appendInPairs(page, halves);
        if (!varying.isEmpty() && varying.size() <= 8) {
            page.append(Page.section(
                    "wide",
                    "All parameters together",
                    "A line a trial, the brighter the better; the best one is drawn boldly.",
                    ParallelPlot.draw(scored, varying, best, scoreName)));
        }
    }

    private Optional<Outlook> outlook() {
        return search.flatMap(known -> known.space() instanceof ScalingSearch scaling
                ? scaling.outlook(known, trials, PROPOSALS)
                : Optional.empty());
    }

    private static String process(Outlook outlook, boolean several) {
        return String.format(
                Locale.ROOT,
                "Mean of the process%s and the band that holds the true score with 95 %%; a single trial's noise is %.4f."
                        + " By its mean, trial %d is best: %.4f ± %.4f. Upright lines are the next proposals.",
                several ? ", the other parameters at the best trial's," : "",
                outlook.noise(),
                outlook.best().number(),
                outlook.belief().mean(),
                outlook.belief().deviation());
    }

    private String importance(List<Trial> scored, List<String> varying) {
        ImportancePlot.Importance importance = ImportancePlot.of(scored, varying);
        String fit = "A random forest of 200 trees explains " + Figures.percent(Math.max(0, importance.fit()))
                + " of the scores' variance on trials it did not see";
        if (importance.fit() < ImportancePlot.LEAST_FIT) {
            return Page.section(
                    "", "What matters", "", "<p>" + fit + ": too little to say which parameter matters.</p>");
        }
        return Page.section(
                "",
                "What matters",
                fit
                        + ". Shares of permutation importance: how much more it errs once a parameter's values are shuffled."
                        + " Where a constraint ties parameters together, they share their importance.",
                ImportancePlot.draw(importance, varying));
    }

    private Optional<Standings> standings() {
        Function<Choice, Object> identity =
                search.map(StudySpecification::identity).orElse(choice -> choice);
        return Standings.of(BestTrials.ranked(trials, latencyMillis), identity);
    }

    private Map<Integer, Double> errors() {
        Map<Integer, Double> errors = new TreeMap<>();
        standings().ifPresent(all -> all.standings().forEach(one -> one.standardError()
                .ifPresent(error -> errors.put(one.trial().number(), error))));
        return errors;
    }

    /** The trials' stand-ins by number. */
    private Map<Integer, StandIn> standIns() {
        Map<Integer, StandIn> all = new TreeMap<>();
        search.ifPresent(known -> {
            StandIns made = new StandIns(known.proxy(), known.base());
            trials.forEach(trial -> all.put(trial.number(), made.of(trial.choice(), known.classes())));
        });
        return all;
    }

    private String conclusions() {
        List<String> lines = new ArrayList<>(Conclusions.of(trials, standings()));
        lines.addAll(new ProxyCheck(new ArrayList<>(standIns().values()), OptionalInt.empty()).warnings());
        StringBuilder list = new StringBuilder("<ul>");
        lines.forEach(line -> list.append("<li>").append(Svg.escape(line)).append("</li>"));
        return lines.isEmpty()
                ? ""
                : Page.section(
                        "wide",
                        "What can be concluded",
                        "",
                        list.append("</ul>").toString());
    }

    /** Two in a row; where one is left over, the first has a row to itself. */
    private static void appendInPairs(StringBuilder page, List<String> sections) {
        for (int i = 0; i < sections.size(); i++) {
            boolean alone = i == 0 && sections.size() % 2 == 1;
            page.append(alone ? sections.get(i).replaceFirst("class=''", "class='wide'") : sections.get(i));
        }
    }

    private String bestCard(Trial best, String scoreName, boolean isShare) {
        double score = best.score().orElseThrow();
        StringBuilder card = new StringBuilder("<div class='facts'>");
        fact(card, isShare ? Figures.percent(score) : Figures.decimal(score, 4), scoreName);
        if (best.choice() instanceof CostedCoefficients scaled) {
            fact(card, Figures.decimal(scaled.coefficients().alpha(), 3), "α, depth");
            fact(card, Figures.decimal(scaled.coefficients().beta(), 3), "β, width");
            fact(card, Figures.decimal(scaled.coefficients().gamma(), 3), "γ, resolution");
            fact(card, Figures.decimal(scaled.phi(), 3), "φ");
        }
        fact(card, Figures.count(best.choice().cost().trainableParameters()), "parameters");
        fact(
                card,
                Figures.count(best.choice().cost().macs()),
                "MACs at " + best.choice().size() + " px");
        card.append("</div>");
        if (best.choice() instanceof CostedCoefficients scaled) {
            card.append("<h3>The family it implies</h3>")
                    .append(VariantTable.draw(base, scaled.coefficients(), classes));
        } else {
            card.append("<p><code>").append(Svg.escape(best.choice().label())).append("</code></p>");
        }
        return Page.section("wide", "Best: trial " + best.number(), "", card.toString());
    }

    private static void fact(StringBuilder card, String value, String name) {
        card.append("<div><b>").append(value).append("</b><span>").append(name).append("</span></div>");
    }

    private String curves(Trial best) {
        List<LinePlot.Series> series = new ArrayList<>();
        List<Trial> ordered = new ArrayList<>(trials);
        ordered.sort(Comparator.comparing(trial -> trial.number() == best.number()));
        for (Trial trial : ordered) {
            boolean isBest = trial.number() == best.number();
            for (List<Double> curve : trial.curves()) {
                List<Double> epochs = new ArrayList<>();
                for (int epoch = 1; epoch <= curve.size(); epoch++) {
                    epochs.add((double) epoch);
                }
                series.add(new LinePlot.Series(
                        "",
                        isBest ? "class='best-line'" : "class='faint'",
                        "trial " + trial.number() + ": " + trial.choice().label(),
                        epochs,
                        curve,
                        isBest));
            }
        }
        return LinePlot.draw(
                series,
                false,
                "epoch",
                value -> value == Math.rint(value) ? Figures.decimal(value, 0) : "",
                "accuracy");
    }

    /** Parameters that differ between trials. */
    private static List<String> varying(List<Trial> scored) {
        return scored.get(0).choice().parameters().keySet().stream()
                .filter(name -> new TreeSet<>(scored.stream()
                                        .map(trial ->
                                                trial.choice().parameters().get(name))
                                        .toList())
                                .size()
                        > 1)
                .toList();
    }
}
