package org.efficientnet4j.train;

import java.util.List;
import java.util.Objects;
import org.efficientnet4j.evaluate.EvaluationResult;

/**
 * A finished network on the images held out of its training.
 *
 * @param result its figures
 * @param worst the images it was most wrong about, worst first
 */
public record Judgement(EvaluationResult result, List<Mistake> worst) {
    /** Copies the list. */
    public Judgement {
        Objects.requireNonNull(result, "result");
        worst = List.copyOf(worst);
    }
}
