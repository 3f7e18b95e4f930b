package org.efficientnet4j.search.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;

/**
 * Evaluates each trial as a Spark job of one task. Spark starts a task anew whose executor or worker died; the job still
 * ends once, so that its result is stored once. The curve arrives with the result.
 */
final class SparkObjective implements Objective {
    private static final long POLL_MILLIS = 200;

    private final JavaSparkContext context;
    private final Objective objective;

    SparkObjective(JavaSparkContext context, Objective objective) {
        this.context = context;
        this.objective = objective;
    }

    @Override
    public Optional<TrialOutcome> evaluate(Trial trial, TrialProgress progress) throws Exception {
        TrialTask task = new TrialTask(
                objective,
                trial.number(),
                trial.choice(),
                trial.seeds(),
                trial.role(),
                Runtime.version().feature());
        JavaFutureAction<List<TrialTask.Result>> job =
                context.parallelize(List.of(task), 1).map(TrialTask::run).collectAsync();
        while (true) {
            try {
                return outcome(job.get(POLL_MILLIS, TimeUnit.MILLISECONDS).get(0), progress);
            } catch (TimeoutException e) {
                if (progress.shouldStop()) {
                    job.cancel(true);
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("Spark gave trial " + trial.number() + " up: " + e.getCause(), e);
            }
        }
    }

    private static Optional<TrialOutcome> outcome(TrialTask.Result result, TrialProgress progress) {
        result.curve().forEach(progress::report);
        if (!result.error().isEmpty()) {
            throw new IllegalStateException(result.error());
        }
        return Optional.of(new TrialOutcome(result.score(), result.measures(), result.answers()));
    }
}
