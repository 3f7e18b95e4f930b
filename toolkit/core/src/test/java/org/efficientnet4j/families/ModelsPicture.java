package org.efficientnet4j.families;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.Variant;

/**
 * README's picture of accuracy over cost, {@code docs/images/models.svg}: multiply-accumulates as counted here, accuracies
 * as published. Networks of other training data or methods than their family's (B8, L2, XL) are left out, and AlexNet, which
 * lies far below.
 */
final class ModelsPicture {
    /** The command that draws the picture. */
    static final String RENEWAL = "mvn -q -pl toolkit/core -am test -Dtest=ModelsPictureTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip -Defficientnet4j.renewPages";

    private static final Set<String> LEFT_OUT =
            Set.of("efficientnet_b8", "efficientnet_l2", "efficientnet_v2_xl", "alexnet");
    private static final List<String> COLOURS =
            List.of("#1971c2", "#d9480f", "#2b8a3e", "#862e9c", "#495057", "#c2255c", "#087f5b", "#5c940d");

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 56;
    private static final int RIGHT = 130;
    private static final int TOP = 24;
    private static final int BOTTOM = 52;
    private static final double LEAST_GIGA = 0.2;
    private static final double MOST_GIGA = 80;
    private static final double LEAST_PERCENT = 68;
    private static final double MOST_PERCENT = 87;

    private ModelsPicture() {}

    /**
     * A network's place.
     *
     * @param name of the variant
     * @param giga multiply-accumulates of an image, in thousand millions
     * @param percent published top-1 accuracy on ImageNet
     */
    record Point(String name, double giga, double percent) {}

    /** The networks drawn, by family, each family by cost. */
    static Map<String, List<Point>> points() {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        Families.all().forEach(family -> {
            List<Point> drawn = family.variants().stream()
                    .filter(variant -> variant.publishedTop1().isPresent())
                    .map(ModelsPicture::point)
                    .filter(point -> !LEFT_OUT.contains(point.name()) && !isPlainVgg(point))
                    .sorted(Comparator.comparing(Point::giga))
                    .toList();
            if (!drawn.isEmpty()) {
                points.put(family.title(), drawn);
            }
        });
        return points;
    }

    /** VGG is drawn with batch norm. */
    private static boolean isPlainVgg(Point point) {
        return point.name().startsWith("vgg") && !point.name().endsWith("_bn");
    }

    private static Point point(Variant variant) {
        double giga = variant.model().cost(1000).macs() / 1e9;
        return new Point(variant.model().name(), giga, variant.publishedTop1().getAsDouble());
    }

    static String svg() {
        StringBuilder svg = new StringBuilder(("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
                        + "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"#fff\"/>\n")
                .formatted(WIDTH, HEIGHT));
        for (int percent = 70; percent <= 85; percent += 5) {
            svg.append(line("<path d=\"M%d %.1fH%d\" stroke=\"#e9ecef\"/>", LEFT, y(percent), WIDTH - RIGHT));
            svg.append(text(LEFT - 8, y(percent) + 4, "end", "#495057", percent + " %"));
        }
        for (double giga : new double[] {0.3, 1, 3, 10, 30}) {
            svg.append(text(x(giga), HEIGHT - BOTTOM + 18, "middle", "#495057", label(giga) + " G"));
        }
        svg.append(text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 12,
                "middle",
                "#495057",
                "multiply-accumulates of an image; published top-1 accuracy on ImageNet"));
        int colour = 0;
        for (Map.Entry<String, List<Point>> family : points().entrySet()) {
            svg.append(family(family.getKey(), family.getValue(), COLOURS.get(colour++ % COLOURS.size())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String family(String title, List<Point> points, String colour) {
        StringBuilder svg = new StringBuilder();
        String joint = "M";
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(joint)
                    .append(line("%.1f %.1f", x(point.giga()), y(point.percent()))
                            .strip());
            joint = "L";
            svg.append(line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s</title></circle>",
                    x(point.giga()), y(point.percent()), colour, point.name()));
        }
        svg.append(line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour));
        Point last = points.get(points.size() - 1);
        boolean alone = points.size() == 1;
        double x = x(last.giga()) + (alone ? 0 : 8);
        double y = y(last.percent()) + (alone ? -8 : 4);
        return svg.append(text(x, y, alone ? "middle" : "start", colour, title)).toString();
    }

    private static double x(double giga) {
        double share = Math.log(giga / LEAST_GIGA) / Math.log(MOST_GIGA / LEAST_GIGA);
        return LEFT + (WIDTH - LEFT - RIGHT) * share;
    }

    private static double y(double percent) {
        double share = (percent - LEAST_PERCENT) / (MOST_PERCENT - LEAST_PERCENT);
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share;
    }

    private static String label(double giga) {
        return giga < 1 ? String.valueOf(giga) : String.valueOf((int) giga);
    }

    private static String text(double x, double y, String anchor, String colour, String words) {
        return line(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>", x, y, anchor, colour, words);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
