package org.efficientnet4j.search.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.efficientnet4j.search.bayes.FittedProcess;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.ScalingSpace;

/** A Bayesian search's process after its trials: the best by its mean, its course along each parameter, and what is next. */
public final class Outlook {
    private static final int STEPS = 80;

    private final ScalingSpace space;
    private final FittedProcess process;
    private final Tried<CostedCoefficients> best;
    private final List<Tried<CostedCoefficients>> tried;
    private final List<CostedCoefficients> next;

    Outlook(
            ScalingSpace space,
            FittedProcess process,
            Tried<CostedCoefficients> best,
            List<Tried<CostedCoefficients>> tried,
            List<CostedCoefficients> next) {
        this.space = space;
        this.process = process;
        this.best = best;
        this.tried = tried;
        this.next = List.copyOf(next);
    }

    /**
     * The process along one parameter, the others at the best trial's.
     *
     * @param parameter its name
     * @param values ascending
     * @param beliefs one a value
     */
    public record Course(String parameter, List<Double> values, List<Prediction> beliefs) {
        /** Copies the lists. */
        public Course {
            values = List.copyOf(values);
            beliefs = List.copyOf(beliefs);
        }
    }

    /** The trial of the highest posterior mean within the budgets. */
    public Tried<CostedCoefficients> best() {
        return best;
    }

    /** The belief about it. */
    public Prediction belief() {
        return process.predict(space.unit(best.choice()));
    }

    /** The standard deviation of one trial's score around its network's, as the process takes it. */
    public double noise() {
        return process.noise();
    }

    /**
     * A warning where the process takes scores to be more exact than they are: with few trials it may find a smooth course
     * through all of them.
     *
     * @param standardError of a score, by the images judged and the seeds; empty where it is not known
     * @return a sentence after a blank; empty where there is nothing to warn of
     */
    public String caution(OptionalDouble standardError) {
        return standardError.isPresent() && noise() < standardError.getAsDouble()
                ? String.format(
                        Locale.ROOT,
                        " The process takes a trial's noise to be %.4f, less than the standard error of %.4f that its"
                                + " images make by chance: it follows the scores more closely than they can be believed.",
                        noise(),
                        standardError.getAsDouble())
                : "";
    }

    /** What would be tried next, each as if those before it ran. */
    public List<CostedCoefficients> next() {
        return next;
    }

    /** The trials, one for each network. */
    public List<Tried<CostedCoefficients>> tried() {
        return tried;
    }

    /** The process along each parameter that varies. */
    public List<Course> courses() {
        List<String> varying = space.varying();
        List<Course> courses = new ArrayList<>();
        double[] centre = space.unit(best.choice());
        for (int d = 0; d < varying.size(); d++) {
            List<Double> values = new ArrayList<>();
            List<Prediction> beliefs = new ArrayList<>();
            for (int step = 0; step <= STEPS; step++) {
                double[] point = centre.clone();
                point[d] = (double) step / STEPS;
                values.add(space.values(point)[space.place(varying.get(d))]);
                beliefs.add(process.predict(point));
            }
            courses.add(new Course(varying.get(d), values, beliefs));
        }
        return courses;
    }
}
