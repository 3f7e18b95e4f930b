package org.efficientnet4j.search.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The Java version of executors, which must be the driver's: kernels and mathematical functions differ between versions,
 * and with them the scores of equal trials.
 */
final class ExecutorJava {
    private ExecutorJava() {}

    /** Asked on executors. */
    private record Question(int task) implements Serializable {
        int answer() {
            return Runtime.version().feature();
        }
    }

    /**
     * Asks as many tasks as the cluster has cores.
     *
     * @throws InvalidInputException if an executor runs another Java, and the cluster is given up
     */
    static void requireSame(JavaSparkContext context) {
        int tasks = Math.max(1, context.defaultParallelism());
        List<Question> questions = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            questions.add(new Question(task));
        }
        try {
            requireSame(
                    context.parallelize(questions, tasks).map(Question::answer).collect());
        } catch (InvalidInputException e) {
            context.close();
            throw e;
        }
    }

    /** Compares executors' versions with this process's. */
    static void requireSame(List<Integer> versions) {
        int own = Runtime.version().feature();
        for (int version : new TreeSet<>(versions)) {
            if (version != own) {
                throw new InvalidInputException("Executors must run the driver's Java " + own + ", found Java "
                        + version + ": start the cluster's workers with the same JAVA_HOME");
            }
        }
    }
}
