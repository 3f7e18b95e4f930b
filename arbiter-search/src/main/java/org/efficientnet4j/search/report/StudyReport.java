package org.efficientnet4j.search.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
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
 */
public record StudyReport(
        String title,
        Map<String, String> settings,
        ModelDefinition base,
        int classes,
        OptionalDouble latencyMillis,
        List<Trial> trials) {
    /** Copies the lists. */
    public StudyReport {
        settings = Map.copyOf(settings);
        trials = List.copyOf(trials);
    }

    /** The page. */
    public String html() {
        List<Trial> scored = trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
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
        body.append(section("wide", "Every trial", "", new TrialTable(trials).html()));
        if (!settings.isEmpty()) {
            body.append(section("wide", "How it was made", "", settingsList()));
        }
        return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'><title>" + Svg.escape(title)
                + "</title><style>" + resource("report.css") + "</style></head><body><main>\n" + body
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
        halves.add(section(
                "",
                "What accuracy costs",
                "Each point is a trial; the line joins those within the budgets that no other beats in both. Point at one to read it.",
                CostPlot.draw(scored, BestTrials.ranked(scored, latencyMillis), best, scoreName, !reward)));
        if (best.choice() instanceof CostedCoefficients && SurfaceMap.applies(scored)) {
            halves.add(section(
                    "",
                    "The surface of coefficients",
                    "Best accuracy for each width β and resolution γ, with the depth α that reached it.",
                    SurfaceMap.draw(scored, best)));
        }
        DimensionCurves.draw(scored)
                .ifPresent(curves -> halves.add(section(
                        "",
                        "One dimension alone against all together",
                        "Networks of about equal cost, scaled in depth, width or resolution only, or in all three.",
                        curves)));
        if (!varying.isEmpty() && scored.size() >= ImportancePlot.LEAST_TRIALS) {
            halves.add(section(
                    "",
                    "What matters",
                    "Permutation importance: how much a random forest of 200 trees errs on trials it did not see, once a"
                            + " parameter's values are shuffled. Where a constraint ties parameters together, they share"
                            + " their importance.",
                    ImportancePlot.draw(scored, varying)));
        }
        if (scored.stream().anyMatch(trial -> trial.curve(0).size() > 1)) {
            halves.add(section(
                    "",
                    "Validation curves",
                    "Accuracy after each epoch, a line for each seed; the best trial stands out.",
                    curves(best)));
        }
        appendInPairs(page, halves);
        if (!varying.isEmpty() && varying.size() <= 8) {
            page.append(section(
                    "wide",
                    "All parameters together",
                    "A line a trial, the brighter the better; the best one is drawn boldly.",
                    ParallelPlot.draw(scored, varying, best, scoreName)));
        }
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
        return section("wide", "Best: trial " + best.number(), "", card.toString());
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

    private static String section(String kind, String heading, String note, String content) {
        return "<section class='" + kind + "'><h2>" + heading + "</h2>"
                + (note.isEmpty() ? "" : "<p class='note'>" + note + "</p>") + content + "</section>\n";
    }

    private static String resource(String name) {
        try (InputStream file = StudyReport.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
