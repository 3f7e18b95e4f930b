package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.examples.support.Studies;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.NoPruner;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.ClusterProvider;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.GridSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Trial;

/**
 * The trials of a search on a Spark cluster: the study and what proposes trials stay in this process, each trial's training
 * runs in an executor, a process or machine of its own. Without a cluster it starts two executors here.
 */
public final class Example10SearchOnSpark {
    private static final int CLASSES = 10;

    static final Flags FLAGS = Flags.of(
                    "10 search-on-spark",
                    "Runs a small grid search on Spark, two trials at a time.",
                    "Expect every trial to end once, trained by executors and none by this process. Takes 40 to 120 seconds,",
                    "with --quick 15 to 40; most of it is the start of Spark and of a Java for each executor.")
            .with(
                    "--runner",
                    "ADDRESS",
                    "local-cluster[2,1,1024]",
                    "spark://HOST:PORT as 'arbiter-search/spark/spark-cluster start' prints it, or executors started here:"
                            + " how many, cores, MB")
            .with("--data", "SOURCE", "shapes:2500", "shapes:1000", "images that trials are judged on")
            .with("--out", "DIR", "runs/10", "runs/10-quick", "folder of the study")
            .with("--step", "X", "0.4", "distance of neighbouring coefficients")
            .with("--epochs", "N", "3", "1", "epochs of a trial");

    private Example10SearchOnSpark() {}

    /**
     * Result of the run.
     *
     * @param trials what was tried
     * @param executors processor time of the executors that were started here, by process; empty for another cluster's
     */
    public record Result(List<Trial> trials, Map<Long, Duration> executors) {}

    /** Searches. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        StudySpecification specification = new StudySpecification(
                SmallNetwork.model(),
                CLASSES,
                new GridSearch(CoefficientGrid.near(2, 0.2, given.decimal("--step")), 1),
                Budgets.NONE,
                0, // every choice
                new ProxySettings(given.text("--data"), 32, 0, 0, given.number("--epochs", 1), 16, 1, 0.01),
                Reward.accuracy(),
                new NoPruner(),
                1,
                1);
        Path folder = Files.createDirectories(Path.of(given.text("--out")));
        Map<Long, Duration> executors = new LinkedHashMap<>();
        try (Search search = Studies.open(specification, folder.resolve("study.db"))) {
            System.out.printf("Connecting to %s ...%n", given.text("--runner"));
            try (Cluster cluster = ClusterProvider.open(given.text("--runner"))) {
                System.out.println("Connected; trials, two at a time:");
                BaseStatusListener lines = Studies.lines(search);
                search.on(cluster).parallel(2).run(new BaseStatusListener() {
                    @Override
                    public void onCandidateStatusChange(
                            CandidateInfo candidate, IOptimizationRunner runner, OptimizationResult result) {
                        note(executors);
                        lines.onCandidateStatusChange(candidate, runner, result);
                    }
                });
            }
            Studies.printBest(search, 3);
            System.out.println(
                    executors.isEmpty()
                            ? "The cluster's executors trained; this process proposed and kept the study."
                            : "Trained by processes of their own: " + text(executors));
            return new Result(search.study().trials(), executors);
        }
    }

    /** Notes the processor time of the processes that this one has started. */
    private static void note(Map<Long, Duration> executors) {
        ProcessHandle.current().descendants().forEach(process -> process.info()
                .totalCpuDuration()
                .filter(time -> time.toMillis() > 1000)
                .ifPresent(time -> executors.put(process.pid(), time)));
    }

    private static String text(Map<Long, Duration> executors) {
        return executors.entrySet().stream()
                .map(one -> one.getKey() + " with " + one.getValue().toSeconds() + " s of processor time")
                .collect(Collectors.joining(", "));
    }
}
