package org.efficientnet4j.train.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.evaluate.ClassScores;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.report.HtmlTable;
import org.efficientnet4j.train.Judgement;
import org.efficientnet4j.train.Mistake;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.report.EpochPlot.Curve;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * A run as an HTML page that needs nothing else: curves by phase, the phases, the confusion matrix, the classes, the worst
 * mistakes as pictures, and where it all comes from.
 */
public final class TrainingReport {
    private static final int MOST_CLASSES_OPEN = 30;

    private final TrainingRun run;
    private final Judgement judgement;
    private final Map<String, String> provenance;
    private final List<EpochRow> rows;

    /**
     * A report on a finished run.
     *
     * @param run its directory, whose metrics are read
     * @param judgement of its model file
     * @param provenance what else to say about data, versions and machine, name to text, in order
     */
    public TrainingReport(TrainingRun run, Judgement judgement, Map<String, String> provenance) {
        this.run = run;
        this.judgement = judgement;
        this.provenance = provenance;
        this.rows = EpochRow.read(run.metricsLines());
    }

    /** The page. */
    public String html() {
        TrainingOptions options = run.options();
        String title = options.get(RunOptions.MODEL) + " on " + options.get(DataOptions.SOURCE);
        EpochPlot plot = new EpochPlot(rows);
        HtmlPage page = new HtmlPage(title, TrainingReport.class, "report.css").header(facts());
        page.section(
                "",
                "Loss",
                "Cross-entropy against the plain labels; training's over the epoch, while it was learnt from.",
                plot.draw(
                        List.of(
                                new Curve("training", "trainLoss", "training"),
                                new Curve("validation", "validationLoss", "validation")),
                        "nats",
                        value -> Text.decimal(value, 3)));
        page.section(
                "",
                "Accuracy",
                "Top-1. Training images are cropped, mirrored and mixed, and dropout is on: validation may be ahead.",
                plot.draw(
                        List.of(
                                new Curve("training", "trainAccuracy", "training"),
                                new Curve("validation", "top1", "validation")),
                        "top-1",
                        value -> Text.decimal(100 * value, 1) + " %"));
        page.section(
                "",
                "Learning rate",
                "After each epoch.",
                plot.draw(
                        List.of(new Curve("learning rate", "learningRate", "rate")),
                        "learning rate",
                        value -> Text.decimal(value, 6)));
        phases(page, options);
        page.section(
                "wide",
                "What it takes for what",
                "A row for each true class: the darker, the larger the share of it. Point at a cell to read it.",
                Html.box("split").add(ConfusionPicture.draw(judgement.result())).add(pairs()));
        mistakes(page);
        classes(page);
        page.section("wide", "Where it comes from", "", provenance(), configuration(options));
        return page.toString();
    }

    private Html facts() {
        double seconds =
                rows.stream().mapToDouble(row -> row.value("seconds").orElse(0)).sum();
        EpochRow best = rows.stream()
                .filter(row -> row.value("top1").isPresent())
                .max(Comparator.comparingDouble(row -> row.value("top1").getAsDouble()))
                .orElse(rows.get(0));
        Html facts = Html.box("facts").add(fact(Text.percent(judgement.result().top1()), "top-1, held out"));
        if (judgement.result().labels().size() > 5) {
            facts.add(fact(Text.percent(judgement.result().top5()), "top-5"));
        }
        double speed = rows.get(rows.size() - 1).value("imagesPerSecond").orElse(0);
        return facts.add(
                fact(Text.decimal(judgement.result().loss(), 3), "loss, nats"),
                fact(best.epoch() + " of " + run.options().get(RunOptions.EPOCHS), "best epoch"),
                fact(Text.duration(seconds), "training and validating"),
                fact(Text.decimal(speed, 1), "images/s at the end"),
                fact(Text.percent(dataWait()), "of the time waiting for images"));
    }

    /** Share of the whole run's time; runs of older versions do not record it. */
    private double dataWait() {
        return rows.stream()
                .mapToDouble(row -> row.value("dataWait").orElse(0))
                .average()
                .orElse(0);
    }

    private static void phases(HtmlPage page, TrainingOptions options) {
        HtmlTable table = new HtmlTable()
                .numbers("phase", "size", "batch", "epochs", "dropout", "drop connect", "RandAugment", "mixup")
                .numbers("cutmix");
        int number = 1;
        for (ProgressivePhase phase : options.phases().phases()) {
            table.row(
                    Integer.toString(number++),
                    phase.size() + " px",
                    Integer.toString(phase.batch()),
                    Integer.toString(phase.epochs()),
                    Text.decimal(phase.strengths().dropout(), 3),
                    Text.decimal(phase.strengths().dropConnectRate(), 3),
                    Text.decimal(phase.strengths().randAugment(), 1),
                    Text.decimal(phase.strengths().mixup(), 2),
                    Text.decimal(phase.strengths().cutmix(), 2));
        }
        String mode = options.get(ProgressiveOptions.MODE).name().toLowerCase(Locale.ROOT);
        page.section(
                "wide",
                "Phases",
                "Progressive learning: " + mode + ". Validation at " + options.get(DataOptions.EVALUATION_SIZE)
                        + " px.",
                table.scrolling());
    }

    private Html pairs() {
        List<ConfusionPicture.Pair> pairs = ConfusionPicture.pairs(judgement.result());
        if (pairs.isEmpty()) {
            return Html.element("p", "No mistake at all.");
        }
        HtmlTable table = new HtmlTable().names("true").names("taken for").numbers("times");
        pairs.forEach(pair -> table.row(pair.truth(), pair.predicted(), Integer.toString(pair.count())));
        return Html.element("div").add(Html.element("h3", "Most frequent mistakes"), table.table());
    }

    private void mistakes(HtmlPage page) {
        if (judgement.worst().isEmpty()) {
            return;
        }
        page.section(
                "wide",
                "Worst mistakes",
                "Held-out images whose true class (bold) the network found least likely, and what it said instead.",
                Html.box("pictures")
                        .add(judgement.worst().stream()
                                .map(TrainingReport::figure)
                                .toList()));
    }

    private static Html figure(Mistake mistake) {
        Html picture = Html.element("img")
                .with("alt", "")
                .with("src", mistake.picture())
                .with("class", mistake.picture().startsWith("data:image/png") ? "png" : "jpeg");
        Html caption = Html.element("figcaption")
                .with("title", mistake.id())
                .add(Html.element("b", mistake.truth()))
                .text(" " + Text.percent(mistake.truthProbability()))
                .add(Html.element("br"), Html.element("i", mistake.predicted()))
                .text(" " + Text.percent(mistake.probability()));
        return Html.element("figure").add(Html.element("div").add(picture), caption);
    }

    private void classes(HtmlPage page) {
        List<ClassScores> scores = new ArrayList<>(judgement.result().perClass());
        scores.sort(Comparator.comparingDouble(ClassScores::f1));
        HtmlTable table = new HtmlTable().names("class").numbers("images", "precision", "recall", "F1", "");
        for (ClassScores one : scores) {
            Html bar = Html.element("span")
                    .with("class", "bar")
                    .add(Html.element("span").with("style", "width:" + Text.decimal(100 * one.f1(), 1) + "%"));
            table.cells(List.of(
                    Html.element("td", one.label()),
                    Html.element("td", Long.toString(one.examples())),
                    Html.element("td", Text.percent(one.precision())),
                    Html.element("td", Text.percent(one.recall())),
                    Html.element("td", Text.percent(one.f1())),
                    Html.element("td").add(bar)));
        }
        String note =
                scores.size() > MOST_CLASSES_OPEN ? scores.size() + " classes, the hardest first." : "Hardest first.";
        page.section("wide", "Classes", note, table.scrolling());
    }

    private Html provenance() {
        Html body = Html.element("tbody");
        provenance.forEach(
                (name, text) -> body.add(Html.element("tr").add(Html.element("th", name), Html.element("td", text))));
        return Html.element("table").with("class", "names").add(body);
    }

    private static Html configuration(TrainingOptions options) {
        return Html.element("details")
                .add(Html.element("summary", "config.yaml"), Html.element("pre", TrainingOptionsFile.write(options)));
    }

    private static Html fact(String value, String name) {
        return Html.element("div").add(Html.element("b", value), Html.element("span", name));
    }
}
