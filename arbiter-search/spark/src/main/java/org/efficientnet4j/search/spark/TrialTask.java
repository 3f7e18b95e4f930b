package org.efficientnet4j.search.spark;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;

/**
 * A trial as it is sent to an executor.
 *
 * @param objective a serializable one
 * @param number the trial's
 * @param choice the trial's
 * @param seeds the trial's
 * @param role the trial's
 * @param java the driver's version of Java
 */
record TrialTask(Objective objective, int number, Choice choice, List<Long> seeds, TrialRole role, int java)
        implements Serializable {
    TrialTask {
        seeds = new ArrayList<>(seeds); // Spark's serializer takes it on every JDK
    }

    /**
     * The reply. A trial's own failure is a result too: Spark would otherwise run it again.
     *
     * @param score the trial's
     * @param measures the trial's
     * @param answers the trial's
     * @param curve the trial's
     * @param error why it failed, with the executor's stack; empty if it did not
     */
    record Result(
            double score,
            Map<String, Double> measures,
            List<Answers> answers,
            List<TrialProgress.Figure> curve,
            String error)
            implements Serializable {
        Result {
            measures = new LinkedHashMap<>(measures);
            answers = new ArrayList<>(answers);
            curve = new ArrayList<>(curve);
        }
    }

    /** Evaluates the trial here. */
    Result run() {
        List<TrialProgress.Figure> curve = new ArrayList<>();
        try {
            ExecutorJava.requireSame(List.of(java)); // an executor that came later
            Optional<TrialOutcome> outcome =
                    objective.evaluate(Trial.waiting(number, choice, seeds, role), new TaskProgress(curve));
            return outcome.map(reached -> new Result(reached.score(), reached.measures(), reached.answers(), curve, ""))
                    .orElseGet(() -> new Result(0, Map.of(), List.of(), curve, "The task was cancelled"));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            return new Result(0, Map.of(), List.of(), curve, stack.toString());
        }
    }

    /** Collects the curve; stops when Spark cancels the task. */
    private record TaskProgress(List<Figure> curve) implements TrialProgress {
        @Override
        public void report(Figure figure) {
            curve.add(figure);
        }

        @Override
        public boolean shouldStop() {
            TaskContext task = TaskContext.get();
            return task != null && task.isInterrupted();
        }
    }
}
