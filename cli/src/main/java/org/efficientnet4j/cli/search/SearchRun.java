package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.commands.InterruptGuard;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.ProxyTraining;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.ClusterProvider;
import org.efficientnet4j.search.runner.Objective;
import org.efficientnet4j.search.runner.StudyRunner;
import org.efficientnet4j.search.status.StatusServer;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that runs a study's trials: what they share, from the options to the last line. */
abstract class SearchRun implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ProxyOptions proxy;

    @Mixin
    private RunOptions run;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Classifier outputs in the costs (${DEFAULT-VALUE}, as published).")
    private int classes;

    /** What this command searches, by its options. */
    abstract SearchPlan plan();

    final int classes() {
        return classes;
    }

    final long seed() {
        return proxy.seed();
    }

    @Override
    public final Integer call() {
        adoptStudy();
        SearchPlan plan = plan();
        ProxySettings settings = proxy.settings(run.parallel(), run.cluster().isPresent());
        plan.choices().forEach(choice -> settings.model(plan.base(), choice)); // refuses too small images
        if (run.dryRun()) {
            DryRun dryRun = new DryRun(plan, settings, proxy.seeds(), proxy.hasData());
            dryRun.print(spec.commandLine().getOut(), spec.commandLine().getErr(), run.json());
            return ExitCode.OK;
        }
        if (!proxy.hasData()) {
            throw new InvalidInputException("--data is missing: name the images, e.g. --data cifar10:DIR");
        }
        Backend.requireUsable(); // before anything is written
        DryRun.images(settings, proxy.seed()); // refuses unusable data before anything is written
        ProxyTraining training =
                new ProxyTraining(plan.fullBaseName(), settings, plan.reward(), plan.measuresLatency());
        if (run.cluster().isEmpty()) {
            shareThreads();
            return runStudy(plan, training);
        }
        try (Cluster cluster = ClusterProvider.open(run.cluster().get())) {
            return runStudy(plan, cluster.remote(training));
        }
    }

    private void adoptStudy() {
        Optional<String> stored = run.hasStudy() ? Study.settings(run.study()) : Optional.empty();
        if (run.resume() && stored.isEmpty()) {
            throw new InvalidInputException(
                    "There is no study " + run.study() + " to resume: check --study, or start without --resume");
        }
        if (!run.resume() && stored.isPresent() && !run.dryRun()) {
            throw new InvalidInputException(
                    "The study " + run.study() + " is there already: go on with --resume, or name another --study");
        }
        if (run.resume()) {
            StudyOptions.adopt(stored.orElseThrow(), spec, spec.commandLine().getParseResult());
            amend(run.study(), stored.orElseThrow());
        }
        requireFolder();
    }

    /** More trials than before are the one thing that may change. */
    private void amend(Path file, String stored) {
        String now = StudyOptions.write(spec);
        if (!now.equals(stored) && !run.dryRun()) {
            try (Study study = Study.open(file)) {
                study.amend(now);
            }
        }
    }

    private void requireFolder() {
        Path folder = run.hasStudy() ? run.study().toAbsolutePath().getParent() : null;
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InvalidInputException("The folder of --study does not exist: " + folder);
        }
    }

    private int runStudy(SearchPlan plan, Objective objective) {
        try (Study study = Study.open(run.study(), StudyOptions.write(spec))) {
            if (plan.sampler().isEmpty()) {
                study.enqueue(plan.choices(), proxy.seeds());
            }
            return runTrials(study, plan, objective);
        }
    }

    /** Runs what there is to run and tells how it ended; after an interruption the JVM waits for both. */
    private int runTrials(Study study, SearchPlan plan, Objective objective) {
        StudyRunner runner = new StudyRunner(study, plan.space(), objective, run.parallel()).pruner(run.pruner());
        plan.sampler().ifPresent(sampler -> runner.proposals(sampler, plan.trials(), proxy.seeds()));
        AtomicBoolean interrupted = new AtomicBoolean();
        InterruptGuard guard = InterruptGuard.install(() -> {
            interrupted.set(true);
            runner.requestStop();
        });
        PrintWriter err = spec.commandLine().getErr();
        try (StatusServer page = statusPage(study, plan, err)) {
            page.start();
            try (SearchScreen screen = new SearchScreen(
                    err, Terminal.standardError(), study, plan.title(), plan.trials(), run.parallel())) {
                screen.start();
                runner.run(run.maxTrials());
            }
            return report(study, interrupted.get());
        } finally {
            guard.close();
        }
    }

    private StatusServer statusPage(Study study, SearchPlan plan, PrintWriter err) {
        StatusServer page = run.ui()
                .map(port -> StatusServer.on(
                        port, () -> StatusJson.of(study.trials(), plan.trials(), run.parallel(), plan.title())))
                .orElse(StatusServer.NONE);
        page.address().ifPresent(address -> err.println("The search shows at " + address));
        return page;
    }

    /** Every trial gets its share of the cores; a number the user set stands. */
    private void shareThreads() {
        if (run.parallel() > 1 && System.getProperty(KernelThreads.PROPERTY) == null) {
            KernelThreads threads = KernelThreads.shared();
            threads.setCount(Math.max(1, Runtime.getRuntime().availableProcessors() / run.parallel()));
        }
    }

    private int report(Study study, boolean interrupted) {
        PrintWriter out = spec.commandLine().getOut();
        List<Trial> trials = study.trials();
        long failed = trials.stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .count();
        long left = trials.stream().filter(trial -> !trial.state().ended()).count();
        Optional<Trial> best = study.best();
        if (run.json()) {
            out.println(JsonOutput.format(
                    best.<Map<String, Object>>map(TrialJson::of).orElse(Map.of())));
        } else {
            best.ifPresent(trial -> out.print(BestCommand.text(trial)));
            if (failed > 0) {
                out.println(failed + " trials failed; 'effnet search list --study " + run.study() + "' tells why.");
            }
            if (interrupted || left > 0) {
                out.println((interrupted ? "Interrupted; g" : "G") + "o on with: effnet search " + spec.name()
                        + " --resume --study " + run.study());
            }
        }
        out.flush(); // after an interruption the JVM goes down as soon as this method has ended
        return interrupted || best.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }
}
