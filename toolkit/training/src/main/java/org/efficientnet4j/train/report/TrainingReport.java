package org.efficientnet4j.train.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.evaluate.ClassScores;
import org.efficientnet4j.report.Svg;
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
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'><title>" + Svg.escape(title)
                + "</title><style>" + style() + "</style></head><body><main>\n");
        page.append("<header><h1>")
                .append(Svg.escape(title))
                .append("</h1>")
                .append(facts())
                .append("</header>\n");
        EpochPlot plot = new EpochPlot(rows);
        page.append(section(
                "",
                "Loss",
                "Cross-entropy against the plain labels; training's over the epoch, while it was learnt from.",
                plot.draw(
                        List.of(
                                new Curve("training", "trainLoss", "training"),
                                new Curve("validation", "validationLoss", "validation")),
                        "nats",
                        value -> Text.decimal(value, 3))));
        page.append(section(
                "",
                "Accuracy",
                "Top-1. Training images are cropped, mirrored and mixed, and dropout is on: validation may be ahead.",
                plot.draw(
                        List.of(
                                new Curve("training", "trainAccuracy", "training"),
                                new Curve("validation", "top1", "validation")),
                        "top-1",
                        value -> Text.decimal(100 * value, 1) + " %")));
        page.append(phases(options));
        page.append(section(
                "",
                "Learning rate",
                "After each epoch.",
                plot.draw(
                        List.of(new Curve("learning rate", "learningRate", "rate")),
                        "learning rate",
                        value -> Text.decimal(value, 6))));
        page.append(section(
                "wide",
                "What it takes for what",
                "A row for each true class: the darker, the larger the share of it. Point at a cell to read it.",
                "<div class='split'>" + ConfusionPicture.draw(judgement.result()) + pairs() + "</div>"));
        page.append(mistakes());
        page.append(classes());
        page.append(section("wide", "Where it comes from", "", provenance() + configuration(options)));
        return page.append("</main></body></html>\n").toString();
    }

    private String facts() {
        double seconds =
                rows.stream().mapToDouble(row -> row.value("seconds").orElse(0)).sum();
        EpochRow best = rows.stream()
                .filter(row -> row.value("top1").isPresent())
                .max(Comparator.comparingDouble(row -> row.value("top1").getAsDouble()))
                .orElse(rows.get(0));
        return "<div class='facts'>" + fact(Text.percent(judgement.result().top1()), "top-1, held out")
                + (judgement.result().labels().size() > 5
                        ? fact(Text.percent(judgement.result().top5()), "top-5")
                        : "")
                + fact(Text.decimal(judgement.result().loss(), 3), "loss, nats")
                + fact(best.epoch() + " of " + run.options().get(RunOptions.EPOCHS), "best epoch")
                + fact(Text.duration(seconds), "training and validating")
                + fact(
                        Text.decimal(
                                rows.get(rows.size() - 1)
                                        .value("imagesPerSecond")
                                        .orElse(0),
                                1),
                        "images/s at the end")
                + fact(Text.percent(dataWait()), "of the time waiting for images")
                + "</div>";
    }

    /** Over the whole run; runs of older versions do not say. */
    private double dataWait() {
        return rows.stream()
                .mapToDouble(row -> row.value("dataWait").orElse(0))
                .average()
                .orElse(0);
    }

    private String phases(TrainingOptions options) {
        StringBuilder table = new StringBuilder("<div class='scroll'><table><thead><tr><th>phase</th><th>size</th>"
                + "<th>batch</th><th>epochs</th><th>dropout</th><th>drop connect</th><th>RandAugment</th><th>mixup</th>"
                + "<th>cutmix</th></tr></thead><tbody>");
        int number = 1;
        for (ProgressivePhase phase : options.phases().phases()) {
            table.append(row(
                    Integer.toString(number++),
                    phase.size() + " px",
                    Integer.toString(phase.batch()),
                    Integer.toString(phase.epochs()),
                    Text.decimal(phase.strengths().dropout(), 3),
                    Text.decimal(phase.strengths().dropConnectRate(), 3),
                    Text.decimal(phase.strengths().randAugment(), 1),
                    Text.decimal(phase.strengths().mixup(), 2),
                    Text.decimal(phase.strengths().cutmix(), 2)));
        }
        String mode = options.get(ProgressiveOptions.MODE).name().toLowerCase(Locale.ROOT);
        return section(
                "",
                "Phases",
                "Progressive learning: " + mode + ". Validation at " + options.get(DataOptions.EVALUATION_SIZE)
                        + " px.",
                table + "</tbody></table></div>");
    }

    private String pairs() {
        List<ConfusionPicture.Pair> pairs = ConfusionPicture.pairs(judgement.result());
        if (pairs.isEmpty()) {
            return "<p>No mistake at all.</p>";
        }
        StringBuilder table = new StringBuilder("<div><h3>Most frequent mistakes</h3><table><thead><tr>"
                + "<th class='left'>true</th><th class='left'>taken for</th><th>times</th></tr></thead><tbody>");
        pairs.forEach(pair -> table.append("<tr><td class='left'>")
                .append(Svg.escape(pair.truth()))
                .append("</td><td class='left'>")
                .append(Svg.escape(pair.predicted()))
                .append("</td><td>")
                .append(pair.count())
                .append("</td></tr>"));
        return table + "</tbody></table></div>";
    }

    private String mistakes() {
        if (judgement.worst().isEmpty()) {
            return "";
        }
        StringBuilder grid = new StringBuilder("<div class='pictures'>");
        for (Mistake mistake : judgement.worst()) {
            grid.append("<figure><div><img alt='' src='")
                    .append(mistake.picture())
                    .append("' class='")
                    .append(mistake.picture().startsWith("data:image/png") ? "png" : "jpeg")
                    .append("'></div><figcaption title='")
                    .append(Svg.escape(mistake.id()))
                    .append("'><b>")
                    .append(Svg.escape(mistake.truth()))
                    .append("</b> ")
                    .append(Text.percent(mistake.truthProbability()))
                    .append("<br><i>")
                    .append(Svg.escape(mistake.predicted()))
                    .append("</i> ")
                    .append(Text.percent(mistake.probability()))
                    .append("</figcaption></figure>");
        }
        return section(
                "wide",
                "Worst mistakes",
                "Held-out images whose true class (bold) the network found least likely, and what it said instead.",
                grid + "</div>");
    }

    private String classes() {
        List<ClassScores> scores = new ArrayList<>(judgement.result().perClass());
        scores.sort(Comparator.comparingDouble(ClassScores::f1));
        StringBuilder table = new StringBuilder(
                "<div class='scroll'><table><thead><tr><th class='left'>class</th>"
                        + "<th>images</th><th>precision</th><th>recall</th><th>F1</th><th class='bar-head'></th></tr></thead><tbody>");
        for (ClassScores one : scores) {
            table.append("<tr><td class='left'>")
                    .append(Svg.escape(one.label()))
                    .append("</td><td>")
                    .append(one.examples())
                    .append("</td><td>")
                    .append(Text.percent(one.precision()))
                    .append("</td><td>")
                    .append(Text.percent(one.recall()))
                    .append("</td><td>")
                    .append(Text.percent(one.f1()))
                    .append("</td><td><span class='bar'><span style='width:")
                    .append(Text.decimal(100 * one.f1(), 1))
                    .append("%'></span></span></td></tr>");
        }
        String note =
                scores.size() > MOST_CLASSES_OPEN ? scores.size() + " classes, the hardest first." : "Hardest first.";
        return section("wide", "Classes", note, table + "</tbody></table></div>");
    }

    private String provenance() {
        StringBuilder table = new StringBuilder("<table class='names'><tbody>");
        provenance.forEach((name, text) -> table.append("<tr><th>")
                .append(Svg.escape(name))
                .append("</th><td>")
                .append(Svg.escape(text))
                .append("</td></tr>"));
        return table + "</tbody></table>";
    }

    private static String configuration(TrainingOptions options) {
        return "<details><summary>config.yaml</summary><pre>" + Svg.escape(TrainingOptionsFile.write(options))
                + "</pre></details>";
    }

    private static String fact(String value, String name) {
        return "<div><b>" + Svg.escape(value) + "</b><span>" + name + "</span></div>";
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    private static String section(String kind, String heading, String note, String content) {
        return "<section class='" + kind + "'><h2>" + heading + "</h2>"
                + (note.isEmpty() ? "" : "<p class='note'>" + Svg.escape(note) + "</p>") + content + "</section>\n";
    }

    private static String style() {
        try (InputStream file = TrainingReport.class.getResourceAsStream("report.css")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
