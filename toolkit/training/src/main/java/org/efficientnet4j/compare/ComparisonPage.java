package org.efficientnet4j.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.report.HtmlTable;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.train.report.ConfusionPicture;
import org.efficientnet4j.train.report.TrainingReport;

/**
 * A comparison as an HTML page that needs nothing else: the table, accuracy over what it costs, the curves, and the
 * confusion of each network.
 */
public final class ComparisonPage {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 340;
    private static final int LEFT = 62;
    private static final int RIGHT = 140;
    private static final int TOP = 14;
    private static final int BOTTOM = 48;
    private static final double THOUSAND = 1000;

    private final String title;
    private final String subtitle;
    private final List<Row> rows;

    /**
     * A network's line.
     *
     * @param standing its place
     * @param facts its figures
     * @param validation top-1 after each epoch of its first seed, in [0, 1]; empty for a model file
     */
    public record Row(Standing standing, NetworkFacts facts, List<Double> validation) {
        /** Copies the list. */
        public Row {
            validation = List.copyOf(validation);
        }

        /** Mean time of a training over the seeds, validation left out. */
        public double seconds() {
            return standing.seeds().stream()
                    .mapToDouble(JudgedTraining::seconds)
                    .average()
                    .orElse(0);
        }

        double trainingSpeed() {
            return standing.seeds().stream()
                    .mapToDouble(JudgedTraining::imagesPerSecond)
                    .average()
                    .orElse(0);
        }

        long peakMegabytes() {
            return standing.seeds().stream()
                    .mapToLong(JudgedTraining::peakMegabytes)
                    .min()
                    .orElse(0);
        }
    }

    /**
     * A page.
     *
     * @param title its heading
     * @param subtitle what was done alike
     * @param rows the networks
     */
    public ComparisonPage(String title, String subtitle, List<Row> rows) {
        this.title = title;
        this.subtitle = subtitle;
        this.rows = List.copyOf(rows);
    }

    /** The page's markup. */
    public String html() {
        HtmlPage page = new HtmlPage(title, TrainingReport.class, "report.css").header(Html.element("p", subtitle));
        page.section("wide", "Networks", note(), table().scrolling());
        plot(page, "Accuracy over parameters", "trainable parameters", row -> row.facts()
                .trainableParameters());
        plot(page, "Accuracy over multiply-accumulates", "multiply-accumulates of one image", row -> row.facts()
                .macs());
        if (trained()) {
            plot(page, "Accuracy over training time", "seconds", Row::seconds);
            page.section(
                    "",
                    "Accuracy over epochs",
                    "Top-1 on the validation images of each network's first seed.",
                    Html.box("plot").picture(curves()));
        }
        for (Row row : rows) {
            List<Answers> answers =
                    row.standing().seeds().stream().map(JudgedTraining::answers).toList();
            page.section(
                    "",
                    row.standing().name(),
                    "Answers of all seeds: a row for each true class. Point at a cell to read it.",
                    ConfusionPicture.draw(Answers.evaluation(answers.get(0).labels(), answers)));
        }
        return page.toString();
    }

    private boolean trained() {
        return rows.stream().allMatch(row -> !row.validation().isEmpty());
    }

    private String note() {
        int seeds = rows.get(0).standing().seeds().size();
        String test = seeds == 1
                ? "McNemar's exact test on the same images"
                : "Student's paired test over " + seeds + " seeds";
        return "± is the standard deviation over seeds, the interval Wilson's of 95 % from the number of test images. ≈ marks"
                + " networks that cannot be told from the best one: " + test
                + ", Holm's correction, p of 0.05 or more. Images a second in inference and in training; time and the process's"
                + " peak memory of a training.";
    }

    private HtmlTable table() {
        HtmlTable table =
                new HtmlTable().names("network").numbers("top-1", "95 %", "p", "parameters", "MACs", "infers/s");
        if (trained()) {
            table.numbers("learns/s", "time", "memory");
        }
        for (Row row : rows) {
            Standing standing = row.standing();
            List<String> cells = new ArrayList<>(List.of(
                    standing.name() + (standing.withinNoise() ? " ≈" : ""),
                    percent(standing.top1())
                            + (Double.isNaN(standing.deviation()) ? "" : " ± " + percent(standing.deviation())),
                    percent(standing.interval().low()) + " to "
                            + percent(standing.interval().high()),
                    Double.isNaN(standing.pValue()) ? "best" : String.format(Locale.ROOT, "%.3g", standing.pValue()),
                    count((double) row.facts().trainableParameters()),
                    count((double) row.facts().macs()),
                    String.format(Locale.ROOT, "%.0f", row.facts().inferenceImagesPerSecond())));
            if (trained()) {
                cells.add(String.format(Locale.ROOT, "%.0f", row.trainingSpeed()));
                cells.add(String.format(Locale.ROOT, "%.0f s", row.seconds()));
                cells.add(row.peakMegabytes() == 0 ? "" : row.peakMegabytes() + " MiB");
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private void plot(HtmlPage page, String heading, String axis, ToDoubleFunction<Row> cost) {
        List<Double> costs = rows.stream().map(cost::applyAsDouble).toList();
        List<Double> accuracies = rows.stream()
                .flatMap(row -> IntStream.of(0, 1)
                        .mapToObj(i -> i == 0
                                ? row.standing().interval().low()
                                : row.standing().interval().high()))
                .toList();
        Scale x = Scale.logarithmic(costs, LEFT, WIDTH - RIGHT);
        Scale y = Scale.linear(accuracies, HEIGHT - BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT);
        axes(svg, x, y, axis, ComparisonPage::count);
        for (int i = 0; i < rows.size(); i++) {
            Standing standing = rows.get(i).standing();
            double at = x.at(costs.get(i));
            String text = standing.name() + ": " + percent(standing.top1()) + ", " + count(costs.get(i));
            svg.line(
                    at,
                    y.at(standing.interval().low()),
                    at,
                    y.at(standing.interval().high()),
                    "class='axis'");
            svg.circle(at, y.at(standing.top1()), 5, "class='dot validation'", text);
            svg.text(at + 9, y.at(standing.top1()) + 4, "start", "class='tick'", standing.name());
        }
        page.section(
                "",
                heading,
                "With the interval from the number of test images.",
                Html.box("plot").picture(svg));
    }

    private Svg curves() {
        List<Double> values = rows.stream()
                .flatMapToDouble(row -> row.validation().stream().mapToDouble(Double::doubleValue))
                .boxed()
                .toList();
        int epochs =
                rows.stream().mapToInt(row -> row.validation().size()).max().orElseThrow();
        Scale x = new Scale(0, epochs, LEFT, WIDTH - RIGHT, false);
        Scale y = Scale.linear(values, HEIGHT - BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT);
        axes(svg, x, y, "epoch", value -> value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : "");
        for (Row row : rows) {
            double[] points = new double[2 * row.validation().size()];
            for (int i = 0; i < row.validation().size(); i++) {
                points[2 * i] = x.at(i + 1.0);
                points[2 * i + 1] = y.at(row.validation().get(i));
            }
            svg.polyline(points, "class='curve validation'", row.standing().name());
            svg.text(
                    points[points.length - 2] + 6,
                    points[points.length - 1] + 4,
                    "start",
                    "class='tick'",
                    row.standing().name());
        }
        return svg;
    }

    private static void axes(Svg svg, Scale x, Scale y, String title, java.util.function.DoubleFunction<String> label) {
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "class='grid'");
            svg.text(LEFT - 8.0, y.at(tick) + 4, "end", "class='tick'", percent(tick));
        }
        for (double tick : x.ticks()) {
            if (label.apply(tick).isEmpty()) {
                continue;
            }
            svg.line(x.at(tick), HEIGHT - BOTTOM, x.at(tick), HEIGHT - BOTTOM + 5.0, "class='axis'");
            svg.text(x.at(tick), HEIGHT - BOTTOM + 20.0, "middle", "class='tick'", label.apply(tick));
        }
        svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "class='axis'");
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8.0, "middle", "class='title'", title);
        svg.upwards(14, (TOP + HEIGHT - BOTTOM) / 2.0, "class='title'", "top-1");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A number in thousands, millions or milliards. */
    static String count(double value) {
        String[] units = {"", " k", " M", " G", " T"};
        int unit = 0;
        double shown = value;
        while (shown >= THOUSAND && unit < units.length - 1) {
            shown /= THOUSAND;
            unit++;
        }
        String text = shown >= 100 || shown == Math.rint(shown)
                ? String.format(Locale.ROOT, "%.0f", shown)
                : String.format(Locale.ROOT, "%.3g", shown);
        return text + units[unit];
    }
}
