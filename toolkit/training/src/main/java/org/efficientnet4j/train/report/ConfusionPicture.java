package org.efficientnet4j.train.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.Svg;

/** The confusion matrix: cells with numbers while they can be read, a picture of dots for many classes. */
public final class ConfusionPicture {
    private static final int MOST_CELLS = 24;
    private static final int CELL = 38;
    private static final int LONGEST_LABEL = 18;
    private static final int MOST_PAIRS = 12;
    private static final int PICTURE = 640;

    private ConfusionPicture() {}

    /**
     * A pair of classes that are mixed up.
     *
     * @param truth the class
     * @param predicted what it was taken for
     * @param count how often
     */
    record Pair(String truth, String predicted, int count) {}

    /** Draws a matrix. */
    public static Html draw(EvaluationResult result) {
        return result.labels().size() <= MOST_CELLS ? cells(result) : dots(result);
    }

    /** The most frequent mistakes, most frequent first. */
    static List<Pair> pairs(EvaluationResult result) {
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < result.labels().size(); row++) {
            for (int column = 0; column < result.labels().size(); column++) {
                int count = result.confusion().get(row).get(column);
                if (row != column && count > 0) {
                    pairs.add(new Pair(result.labels().get(row), result.labels().get(column), count));
                }
            }
        }
        pairs.sort(Comparator.comparing(Pair::count).reversed());
        return List.copyOf(pairs.subList(0, Math.min(MOST_PAIRS, pairs.size())));
    }

    private static Html cells(EvaluationResult result) {
        List<String> labels = result.labels();
        int longest =
                labels.stream().mapToInt(label -> shown(label).length()).max().orElse(0);
        int margin = 22 + 7 * longest;
        int side = CELL * labels.size();
        Svg svg = new Svg(margin + side + 8, margin + side + 8);
        for (int row = 0; row < labels.size(); row++) {
            double middle = margin + CELL * (row + 0.5);
            svg.text(margin - 8.0, middle + 4, "end", "class='tick'", shown(labels.get(row)));
            svg.upwardsFrom(middle + 4, margin - 8.0, "class='tick'", shown(labels.get(row)));
            for (int column = 0; column < labels.size(); column++) {
                cell(svg, result, row, column, margin);
            }
        }
        svg.upwards(12, margin + side / 2.0, "class='title'", "true");
        svg.text(margin + side / 2.0, 12, "middle", "class='title'", "predicted");
        return Html.box("matrix")
                .with("style", "max-width:" + (margin + side + 8) * 1.25 + "px")
                .picture(svg);
    }

    private static void cell(Svg svg, EvaluationResult result, int row, int column, int margin) {
        List<Integer> counts = result.confusion().get(row);
        int count = counts.get(column);
        double share = count
                / (double)
                        Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
        String tip = result.labels().get(row) + " taken for " + result.labels().get(column) + ": " + count + ", "
                + Text.percent(share);
        String colour = row == column ? "right" : "wrong";
        double left = margin + CELL * (double) column;
        double top = margin + CELL * (double) row;
        svg.rectangle(left + 1, top + 1, CELL - 2.0, CELL - 2.0, "rx='4' class='empty'", tip);
        if (count > 0) {
            svg.rectangle(
                    left + 1,
                    top + 1,
                    CELL - 2.0,
                    CELL - 2.0,
                    "rx='4' class='" + colour + "' fill-opacity='" + Svg.number(0.12 + 0.88 * Math.sqrt(share)) + "'",
                    tip);
            String ink = share > 0.35 ? "class='count bright'" : "class='count'";
            svg.text(left + CELL / 2.0, top + CELL / 2.0 + 4, "middle", ink, Integer.toString(count));
        }
    }

    /** A pixel or more a cell, darker for a larger share of its row. */
    private static Html dots(EvaluationResult result) {
        int classes = result.labels().size();
        int dot = Math.max(1, PICTURE / classes);
        BufferedImage image = new BufferedImage(classes * dot, classes * dot, BufferedImage.TYPE_INT_ARGB);
        for (int row = 0; row < classes; row++) {
            List<Integer> counts = result.confusion().get(row);
            int sum = Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
            for (int column = 0; column < classes; column++) {
                double share = counts.get(column) / (double) sum;
                if (share > 0) {
                    Color base = row == column ? new Color(0x1f7a8c) : new Color(0xe0632d);
                    int alpha = (int) Math.round(255 * (0.2 + 0.8 * Math.sqrt(share)));
                    int argb = (alpha << 24) | (base.getRGB() & 0xFFFFFF);
                    for (int i = 0; i < dot * dot; i++) {
                        image.setRGB(column * dot + i % dot, row * dot + i / dot, argb);
                    }
                }
            }
        }
        Html picture = Html.element("img")
                .with("class", "dots")
                .with("alt", "confusion matrix")
                .with("src", png(image));
        return Html.element("div")
                .add(
                        Html.element("p", "predicted, left to right; true, top to bottom; both in the labels' order")
                                .with("class", "axes"),
                        picture);
    }

    static String png(BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
    }
}
