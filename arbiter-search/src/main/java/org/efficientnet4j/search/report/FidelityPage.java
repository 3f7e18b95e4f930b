package org.efficientnet4j.search.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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
        String conclusion = String.format(
                Locale.ROOT,
                "<p>Kendall's tau %.2f, 95 %% interval %.2f to %.2f, of %d networks.</p><p>%s</p>",
                agreement.tau(),
                agreement.low(),
                agreement.high(),
                agreement.networks(),
                Svg.escape(agreement.advice()));
        return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'><title>" + Svg.escape(title)
                + "</title><style>" + Page.resource("report.css") + "</style></head><body><main>\n<header><h1>"
                + Svg.escape(title) + "</h1></header>"
                + Page.section("wide", "What can be concluded", "", conclusion)
                + Page.section(
                        "wide",
                        "Cheap and dear",
                        "A point a network, with its trial's number in the search; bars are standard errors.",
                        plot())
                + "</main></body></html>\n";
    }

    private String plot() {
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
        return svg.toString();
    }
}
