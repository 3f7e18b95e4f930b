package org.efficientnet4j.search.bayes;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.bayes.GaussianProcess.Prediction;

/**
 * The volume that a front dominates above a reference point, and by how much a new point is expected to enlarge it. All
 * objectives are maximised; beliefs about them are independent and normal.
 *
 * <p>The front's coordinates cut all objectives but the last into cells, over each of which the front is level. So the
 * expectation is exact: a sum over the cells of a product of one-dimensional expected improvements.
 *
 * <p>Source: Emmerich, Deutz and Klinkenberg, Hypervolume-based expected improvement (2011).
 */
final class Hypervolume {
    private static final int MOST_OBJECTIVES = 3;

    private final List<double[]> points;
    private final double[] reference;

    /**
     * A front.
     *
     * @param points at any place; those that do not exceed the reference in every objective count for nothing
     * @param reference the worst value of each objective, of which there are 1 to 3
     */
    Hypervolume(List<double[]> points, double[] reference) {
        if (reference.length < 1 || reference.length > MOST_OBJECTIVES) {
            throw new InvalidInputException("A front must have from 1 to 3 objectives, found " + reference.length);
        }
        this.reference = reference.clone();
        this.points = points.stream().filter(point -> exceeds(point, reference)).toList();
    }

    private static boolean exceeds(double[] point, double[] than) {
        for (int i = 0; i < than.length; i++) {
            if (!(point[i] > than[i])) {
                return false;
            }
        }
        return true;
    }

    /** The expected growth of the volume by a point of which so much is believed; a deviation of 0 for what is known. */
    double expectedImprovement(Prediction... beliefs) {
        return improvement(0, points, beliefs);
    }

    /** Over the cells of an objective, those of the points that reach above the cell taken along. */
    private double improvement(int objective, List<double[]> reaching, Prediction... beliefs) {
        Prediction belief = beliefs[objective];
        if (objective == reference.length - 1) {
            double height = reference[objective];
            for (double[] point : reaching) {
                height = Math.max(height, point[objective]);
            }
            return Acquisition.improvement(belief, height);
        }
        List<Double> edges = new ArrayList<>(List.of(reference[objective]));
        reaching.stream().map(point -> point[objective]).distinct().sorted().forEach(edges::add);
        double sum = 0;
        for (int cell = 0; cell < edges.size(); cell++) {
            double from = edges.get(cell);
            double covered = Acquisition.improvement(belief, from)
                    - (cell + 1 < edges.size() ? Acquisition.improvement(belief, edges.get(cell + 1)) : 0);
            if (covered > 0) {
                List<double[]> above = reaching.stream()
                        .filter(point -> point[objective] > from)
                        .toList();
                sum += covered * improvement(objective + 1, above, beliefs);
            }
        }
        return sum;
    }
}
