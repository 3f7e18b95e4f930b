package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.efficientnet4j.benchmarks.search.ConstrainedFunction;
import org.efficientnet4j.benchmarks.search.RegretBenchmark;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search regret}: how good the Bayesian search is. */
@Command(
        name = "regret",
        description =
                "Compares Bayesian, random and grid search on functions whose constrained minimum is known: how far"
                        + " above it the best admitted point lies after so many trials.",
        footer = {"", "Example:", "  effnet search regret --trials 40 --seeds 10"})
public final class RegretCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "40",
            description = "Trials of each search (${DEFAULT-VALUE}).")
    private int trials;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Repetitions, whose mean is shown (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public RegretCommand() {}

    @Override
    public Integer call() {
        RegretBenchmark benchmark = new RegretBenchmark(trials, seeds);
        PrintWriter out = spec.commandLine().getOut();
        List<RegretBenchmark.Row> rows = new ArrayList<>();
        TextTable table = new TextTable("mean regret after " + trials + " trials", "Bayesian", "+-", "random", "grid");
        for (ConstrainedFunction function : RegretBenchmark.functions()) {
            RegretBenchmark.Row row = benchmark.run(function);
            rows.add(row);
            table.row(
                    row.function(),
                    figure(row.bayesian()),
                    figure(row.bayesianError()),
                    figure(row.random()),
                    figure(row.grid()));
        }
        out.print(json ? JsonOutput.format(rows) + "\n" : table.toString());
        return ExitCode.OK;
    }

    private static String figure(double regret) {
        return String.format(Locale.ROOT, "%.4f", regret);
    }
}
