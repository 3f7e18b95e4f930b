package org.efficientnet4j.search.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.statistics.RankAgreement;

/**
 * Networks' scores by a cheap and by a dear training as an HTML page.
 *
 * @param title the page's heading
 * @param points the networks
 * @param agreement of both rankings
 */
public record FidelityPage(String title, List<Point> points, RankAgreement agreement) {
    /**
     * One network.
     *
     * @param number of its trial in the cheap study
     * @param label what it is
     * @param cheap its score there
     * @param dear its score by the dear training
     * @param dearError the standard error of that, where it is known
     */
    public record Point(int number, String label, double cheap, double dear, OptionalDouble dearError) {}

    /** Copies the list. */
    public FidelityPage {
        points = List.copyOf(points);
    }

    /** The page. */
    public String html() {
        String tau = String.format(
                Locale.ROOT,
                "Kendall's tau %.2f, 95 %% interval %.2f to %.2f, of %d networks.",
                agreement.tau(),
                agreement.low(),
                agreement.high(),
                agreement.networks());
        Html conclusion = Html.element("div").add(Html.element("p", tau), Html.element("p", agreement.advice()));
        return new HtmlPage(title, Styles.class, Styles.FILE)
                .header(Html.element("p"))
                .add(Section.of("What can be concluded", "", conclusion).wide())
                .add(Section.of(
                                "Cheap and dear",
                                "A point a network, with its trial's number in the search; bars are standard errors.",
                                plot())
                        .wide())
                .toString();
    }

    private Svg plot() {
        Scale x = Scale.linear(points.stream().map(Point::cheap).toList(), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
        Scale y = Scale.linear(points.stream().map(Point::dear).toList(), Frame.HEIGHT - Frame.BOTTOM, Frame.TOP);
        Svg svg = Frame.draw(
                x,
                "score in the search",
                value -> Figures.decimal(value, 3),
                y,
                "score by the dear training",
                value -> Figures.decimal(value, 3));
        for (Point point : points) {
            double error = point.dearError().orElse(0);
            svg.line(
                    x.at(point.cheap()),
                    y.at(Math.max(y.low(), point.dear() - error)),
                    x.at(point.cheap()),
                    y.at(Math.min(y.high(), point.dear() + error)),
                    "class='error'");
            svg.circle(
                    x.at(point.cheap()),
                    y.at(point.dear()),
                    5,
                    "class='on-front'",
                    "trial " + point.number() + ": " + point.label());
            svg.text(
                    x.at(point.cheap()) + 8,
                    y.at(point.dear()) + 4,
                    "start",
                    "class='small halo'",
                    "" + point.number());
        }
        return svg;
    }
}
