package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.objective.ProxyCheck;
import org.efficientnet4j.search.sampler.Outlook;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.statistics.Conclusions;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;

/** The parts of a study's report that show its best trial and its pictures. */
final class ReportSections {
    private static final int PROPOSALS = 3;
    private static final int MOST_COLUMNS = 8;

    private final StudyReport report;
    private final List<Trial> scored;
    private final Trial best;
    private final boolean isShare;
    private final String scoreName;

    /**
     * @param scored complete trials of the search, at least one
     * @param best of them
     */
    ReportSections(StudyReport report, List<Trial> scored, Trial best) {
        this.report = report;
        this.scored = scored;
        this.best = best;
        this.isShare = scored.stream()
                .allMatch(trial -> trial.measure(TrialOutcome.ACCURACY)
                                .orElse(trial.score().orElseThrow())
                        == trial.score().orElseThrow());
        this.scoreName = isShare ? "accuracy" : "reward";
    }

    /** Adds them: pictures two in a row; where one is left over, the first has a row to itself. */
    void addTo(HtmlPage page) {
        page.add(bestCard().wide());
        conclusions().ifPresent(section -> page.add(section.wide()));
        List<String> varying = varying(scored);
        List<Section> pictures = pictures(varying);
        for (int i = 0; i < pictures.size(); i++) {
            boolean alone = i == 0 && pictures.size() % 2 == 1;
            page.add(alone ? pictures.get(i).wide() : pictures.get(i).half());
        }
        if (!varying.isEmpty() && varying.size() <= MOST_COLUMNS) {
            page.add(Section.of(
                            "All parameters together",
                            "A line a trial, the brighter the better; the best one is drawn boldly.",
                            ParallelPlot.draw(scored, varying, best, scoreName))
                    .wide());
        }
    }

    private List<Section> pictures(List<String> varying) {
        List<Section> pictures = new ArrayList<>();
        pictures.add(Section.of(
                "What accuracy costs",
                "Each point is a trial; the line joins those within the budgets that no other beats in both. Bars are"
                        + " standard errors. Point at one to read it.",
                CostPlot.draw(
                        scored,
                        BestTrials.ranked(scored, report.latencyMillis()),
                        best,
                        report.errors(),
                        scoreName,
                        isShare)));
        if (best.choice() instanceof CostedCoefficients && SurfaceMap.applies(scored)) {
            pictures.add(Section.of(
                    "The surface of coefficients",
                    "Best accuracy for each width β and resolution γ, with the depth α that reached it.",
                    SurfaceMap.draw(scored, best)));
        }
        DimensionCurves.draw(scored)
                .ifPresent(curves -> pictures.add(Section.of(
                        "One dimension alone against all together",
                        "Networks of about equal cost, scaled in depth, width or resolution only, or in all three.",
                        curves)));
        BestSoFar.draw(scored, report.errors(), scoreName, isShare)
                .ifPresent(plot -> pictures.add(Section.of(
                        "Best so far",
                        "Scores in the order of their end; the line is the highest until then, which also rises by choice"
                                + " alone.",
                        plot)));
        outlook().ifPresent(found -> found.courses()
                .forEach(course -> pictures.add(Section.of(
                        "The process along " + course.parameter(),
                        process(found, found.courses().size() > 1),
                        PosteriorPlot.draw(found, course, scoreName)))));
        if (!varying.isEmpty() && scored.size() >= ImportancePlot.LEAST_TRIALS) {
            pictures.add(importance(scored, varying));
        }
        if (scored.stream().anyMatch(trial -> trial.curve(0).size() > 1)) {
            pictures.add(Section.of(
                    "Validation curves",
                    "Accuracy after each epoch, a line for each seed; the best trial stands out.",
                    curves()));
        }
        return pictures;
    }

    private Optional<Section> conclusions() {
        List<String> lines = new ArrayList<>(Conclusions.of(report.trials(), report.standings()));
        lines.addAll(new ProxyCheck(new ArrayList<>(report.standIns().values()), OptionalInt.empty()).warnings());
        Html list = Html.element("ul");
        lines.forEach(line -> list.add(Html.element("li", line)));
        return lines.isEmpty() ? Optional.empty() : Optional.of(Section.of("What can be concluded", "", list));
    }

    private Section bestCard() {
        double score = best.score().orElseThrow();
        Html facts =
                Html.box("facts").add(fact(isShare ? Figures.percent(score) : Figures.decimal(score, 4), scoreName));
        Html card = Html.element("div");
        if (best.choice() instanceof CostedCoefficients scaled) {
            facts.add(
                    fact(Figures.decimal(scaled.coefficients().alpha(), 3), "α, depth"),
                    fact(Figures.decimal(scaled.coefficients().beta(), 3), "β, width"),
                    fact(Figures.decimal(scaled.coefficients().gamma(), 3), "γ, resolution"),
                    fact(Figures.decimal(scaled.phi(), 3), "φ"));
        }
        facts.add(
                fact(Figures.count(best.choice().cost().trainableParameters()), "parameters"),
                fact(
                        Figures.count(best.choice().cost().macs()),
                        "MACs at " + best.choice().size() + " px"));
        card.add(facts);
        if (best.choice() instanceof CostedCoefficients scaled) {
            card.add(
                    Html.element("h3", "The family it implies"),
                    VariantTable.draw(report.base(), scaled.coefficients(), report.classes()));
        } else {
            card.add(Html.element("p").add(Html.element("code", best.choice().label())));
        }
        return Section.of("Best: trial " + best.number(), "", card);
    }

    private static Html fact(String value, String name) {
        return Html.element("div").add(Html.element("b", value), Html.element("span", name));
    }

    private Optional<Outlook> outlook() {
        return report.search()
                .flatMap(known -> known.space() instanceof ScalingSearch scaling
                        ? scaling.outlook(known, report.trials(), PROPOSALS)
                        : Optional.empty());
    }

    private String process(Outlook outlook, boolean several) {
        return String.format(
                Locale.ROOT,
                "Mean of the process%s and the band of 95 %% of its belief; it takes a single trial's noise to be %.4f."
                        + " By its mean, trial %d is best: %.4f ± %.4f.%s%s",
                several ? ", the other parameters at the best trial's," : "",
                outlook.noise(),
                outlook.best().number(),
                outlook.belief().mean(),
                outlook.belief().deviation(),
                outlook.caution(report.standings()
                        .map(all -> all.best().standardError())
                        .orElse(OptionalDouble.empty())),
                outlook.next().isEmpty() ? "" : " Upright lines are the next proposals.");
    }

    private Section importance(List<Trial> scored, List<String> varying) {
        ImportancePlot.Importance importance = ImportancePlot.of(scored, varying);
        String fit = "A random forest of 200 trees explains " + Figures.percent(Math.max(0, importance.fit()))
                + " of the scores' variance on trials it did not see";
        if (importance.fit() < ImportancePlot.LEAST_FIT) {
            return Section.of(
                    "What matters", "", Html.element("p", fit + ": too little to say which parameter matters."));
        }
        return Section.of(
                "What matters",
                fit
                        + ". Shares of permutation importance: how much more it errs once a parameter's values are shuffled."
                        + " Where a constraint ties parameters together, they share their importance.",
                ImportancePlot.draw(importance, varying));
    }

    private Svg curves() {
        List<LinePlot.Series> series = new ArrayList<>();
        List<Trial> ordered = new ArrayList<>(report.trials());
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
