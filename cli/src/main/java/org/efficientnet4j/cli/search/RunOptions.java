package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.pruner.HyperbandPruner;
import org.efficientnet4j.search.pruner.MedianPruner;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.pruner.SuccessiveHalvingPruner;
import picocli.CommandLine.Option;

/** How a study is worked on, as options; the pruner is part of what it is, the rest may change from run to run. */
final class RunOptions {
    private static final String LOCAL = "local";

    @Option(names = "--study", paramLabel = "F.db", description = "The file that keeps every trial.")
    private Path study;

    @Option(names = "--resume", description = "Go on with the study; options not given are the study's.")
    private boolean resume;

    @Option(
            names = "--from",
            paramLabel = "F.db",
            description =
                    "Begin with what another study has measured: its complete trials that lie in this search, whose"
                            + " images, stand-ins and seeds must be the same.")
    private Path from;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Trials at a time, which share the cores (${DEFAULT-VALUE}).")
    private int parallel;

    @Option(names = "--max-trials", paramLabel = "N", description = "End after so many trials of this run.")
    private Integer maxTrials;

    @Option(
            names = "--confirm",
            paramLabel = "K",
            description =
                    "After the search, repeat the K best networks with fresh seeds, then judge the best of them on"
                            + " the test part.")
    private Integer confirm;

    @Option(
            names = "--confirm-seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Fresh seeds of each (${DEFAULT-VALUE}).")
    private int confirmSeeds;

    @Option(
            names = "--pruner",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "Ends unpromising trials early: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private PrunerName pruner;

    @Option(
            names = "--pruner-warmup",
            paramLabel = "N",
            defaultValue = "1",
            description = "Epochs before a trial is judged; the first rung of asha and hyperband (${DEFAULT-VALUE}).")
    private int prunerWarmup;

    @Option(
            names = "--pruner-factor",
            paramLabel = "N",
            defaultValue = "3",
            description = "asha and hyperband keep one in so many at each rung (${DEFAULT-VALUE}).")
    private int prunerFactor;

    @Option(
            names = "--runner",
            paramLabel = "ADDRESS",
            defaultValue = LOCAL,
            description =
                    "Where trials run: local, spark://HOST:PORT or local-cluster[WORKERS,CORES,MB] (${DEFAULT-VALUE}).")
    private String runner;

    @Option(
            names = "--ui",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "PORT",
            description = "Show the search on a page of this machine, at a free port unless one is given.")
    private Integer ui;

    @Option(names = "--dry-run", description = "Print the trials with their costs and the time; train nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result (or the dry run) as JSON.")
    private boolean json;

    /** Created by picocli. */
    RunOptions() {}

    /** The pruners. */
    enum PrunerName {
        none,
        median,
        asha,
        hyperband
    }

    Path study() {
        if (study == null) {
            throw new InvalidInputException("--study is missing: name a file for the trials, e.g. --study study.db");
        }
        return study;
    }

    boolean hasStudy() {
        return study != null;
    }

    /** The study to start from; empty for none. */
    Optional<Path> from() {
        if (from != null && resume) {
            throw new InvalidInputException(
                    "--from belongs to a new study, and --resume goes on with one that has begun:"
                            + " leave one of them out");
        }
        return Optional.ofNullable(from);
    }

    boolean resume() {
        return resume;
    }

    int parallel() {
        if (parallel < 1) {
            throw new InvalidInputException("--parallel must be at least 1, found " + parallel);
        }
        return parallel;
    }

    int maxTrials() {
        if (maxTrials != null && maxTrials < 1) {
            throw new InvalidInputException("--max-trials must be at least 1, found " + maxTrials);
        }
        return maxTrials == null ? Integer.MAX_VALUE : maxTrials;
    }

    /** How many leaders to repeat; empty for none. */
    Optional<Integer> confirm() {
        if (confirm != null && confirm < 2) {
            throw new InvalidInputException("--confirm must be at least 2, found " + confirm);
        }
        return Optional.ofNullable(confirm);
    }

    int confirmSeeds() {
        if (confirmSeeds < 2) {
            throw new InvalidInputException("--confirm-seeds must be at least 2, found " + confirmSeeds);
        }
        return confirmSeeds;
    }

    /** @param epochs of a trial that goes to its end */
    Pruner pruner(int epochs) {
        return switch (pruner) {
            case none -> Pruner.NONE;
            case median -> new MedianPruner(prunerWarmup, 5);
            case asha -> new SuccessiveHalvingPruner(prunerWarmup, prunerFactor);
            case hyperband -> new HyperbandPruner(prunerWarmup, prunerFactor, epochs);
        };
    }

    /** The cluster to run trials on; empty for this process. */
    Optional<String> cluster() {
        if (runner.equals(LOCAL)) {
            return Optional.empty();
        }
        if (pruner != PrunerName.none) {
            throw new InvalidInputException("A pruner needs each epoch's figures at once, which --runner " + runner
                    + " brings with the result only: leave --pruner out, or run with --runner local");
        }
        return Optional.of(runner);
    }

    /** The status page's port, 0 for a free one; empty for no page. */
    Optional<Integer> ui() {
        if (ui != null && (ui < 0 || ui > 65535)) {
            throw new InvalidInputException("--ui must be a port from 0 to 65535, found " + ui);
        }
        return Optional.ofNullable(ui);
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }
}
