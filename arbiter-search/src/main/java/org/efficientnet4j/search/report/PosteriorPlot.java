package org.efficientnet4j.search.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.report.Scale;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.efficientnet4j.search.sampler.Outlook;
import org.efficientnet4j.search.sampler.Tried;
import org.efficientnet4j.search.space.CostedCoefficients;

/** A process's mean along one parameter with the band that holds the true score with 95 %, over the trials. */
final class PosteriorPlot {
    private static final double QUANTILE = 1.96; // of the normal distribution at 97.5 %

    private PosteriorPlot() {}

    static Svg draw(Outlook outlook, Outlook.Course course, String scoreName) {
        List<Double> heights = new ArrayList<>();
        for (Prediction belief : course.beliefs()) {
            heights.add(belief.mean() - QUANTILE * belief.deviation());
            heights.add(belief.mean() + QUANTILE * belief.deviation());
        }
        outlook.tried().forEach(trial -> heights.addAll(trial.measured()));
        Scale x = Scale.linear(course.values(), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
        Scale y = Scale.linear(heights, Frame.HEIGHT - Frame.BOTTOM, Frame.TOP);
        Svg svg = Frame.draw(
                x,
                course.parameter(),
                value -> Figures.decimal(value, 2),
                y,
                scoreName,
                value -> Figures.decimal(value, 3));
        int steps = course.values().size();
        double[] band = new double[4 * steps];
        double[] mean = new double[2 * steps];
        for (int i = 0; i < steps; i++) {
            Prediction belief = course.beliefs().get(i);
            double place = x.at(course.values().get(i));
            mean[2 * i] = place;
            mean[2 * i + 1] = y.at(belief.mean());
            band[2 * i] = place;
            band[2 * i + 1] = y.at(belief.mean() + QUANTILE * belief.deviation());
            band[4 * steps - 2 * i - 2] = place;
            band[4 * steps - 2 * i - 1] = y.at(belief.mean() - QUANTILE * belief.deviation());
        }
        svg.polyline(band, "class='band'", "95 % of the process's belief");
        svg.polyline(mean, "class='front'", "the process's mean");
        for (Tried<CostedCoefficients> trial : outlook.tried()) {
            for (double score : trial.measured()) {
                svg.circle(
                        x.at(value(trial.choice(), course.parameter())),
                        y.at(score),
                        4.5,
                        "class='point'",
                        String.format(Locale.ROOT, "trial %d: %.4f", trial.number(), score));
            }
        }
        double best = value(outlook.best().choice(), course.parameter());
        svg.circle(
                x.at(best),
                y.at(outlook.belief().mean()),
                8,
                "class='ring'",
                "best by the process: trial " + outlook.best().number());
        int rank = 1;
        for (CostedCoefficients next : outlook.next()) {
            double place = x.at(value(next, course.parameter()));
            svg.line(place, Frame.TOP, place, Frame.HEIGHT - Frame.BOTTOM, "class='next'");
            svg.text(place + 4, Frame.TOP + 12.0 * rank, "start", "class='small halo'", "next " + rank++);
        }
        return svg;
    }

    private static double value(CostedCoefficients choice, String parameter) {
        return switch (parameter) {
            case "alpha" -> choice.coefficients().alpha();
            case "beta" -> choice.coefficients().beta();
            case "gamma" -> choice.coefficients().gamma();
            default -> choice.phi();
        };
    }
}
