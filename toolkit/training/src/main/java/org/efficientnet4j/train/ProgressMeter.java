package org.efficientnet4j.train;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Measures speed over the last few steps and estimates how long a run will still take. */
final class ProgressMeter {
    private static final int WINDOW = 20;
    /** A forward pass is about a third of a training step; used until a validation has been timed. */
    private static final double VALIDATION_SHARE = 1 / 3.0;

    private final Deque<Step> window = new ArrayDeque<>();
    private double validationSeconds = Double.NaN;

    private record Step(int images, double seconds) {}

    void stepTook(int images, double seconds) {
        window.addLast(new Step(images, seconds));
        if (window.size() > WINDOW) {
            window.removeFirst();
        }
    }

    void validationTook(double seconds) {
        validationSeconds = seconds;
    }

    double imagesPerSecond() {
        double seconds = window.stream().mapToDouble(Step::seconds).sum();
        return window.stream().mapToInt(Step::images).sum() / seconds;
    }

    /**
     * @param images training images still to come
     * @param validations validations still to come
     * @param validationImages images a validation scores
     */
    Duration remaining(long images, long validations, int validationImages) {
        double perImage = 1 / imagesPerSecond();
        double perValidation =
                Double.isNaN(validationSeconds) ? validationImages * perImage * VALIDATION_SHARE : validationSeconds;
        return Duration.ofMillis(Math.round(1000 * (images * perImage + validations * perValidation)));
    }
}
