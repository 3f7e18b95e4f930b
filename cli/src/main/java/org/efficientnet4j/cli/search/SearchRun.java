package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.commands.InterruptGuard;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.PictureSide;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.ClusterProvider;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.SearchPlan;
import org.efficientnet4j.search.specification.SpaceSpecification;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.status.StatusServer;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
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

    /** The base network's name or file. */
    abstract String base();

    /** The name of the command by which its studies are begun. */
    String begins() {
        return spec.name();
    }

    /** Follows a search that has ended, its leaders repeated. */
    void follow(Search search) {}

    /** Tells how it ended, where that is more than the best trial; false if there is no more. */
    boolean told(Search search) {
        return false;
    }

    /** The command that goes on with the study. */
    String resumption() {
        return "effnet search " + spec.name() + " --resume --study " + run.study();
    }

    /** How many leaders to repeat after the search; empty for none. */
    Optional<Integer> confirm() {
        return run.confirm();
    }

    /** The command's own specification. */
    final CommandSpec spec() {
        return spec;
    }

    /** How the study is worked on. */
    final RunOptions run() {
        return run;
    }

    /** True if images were named. */
    final boolean hasData() {
        return proxy.hasData();
    }

    /** The space that this command's options mean. */
    abstract SpaceSpecification space();

    /** The most a network may cost, by its options. */
    Budgets budgets() {
        return Budgets.NONE;
    }

    /** The number of trials wanted; 0 for every choice. */
    int trials() {
        return 0;
    }

    /** The score of a trial's accuracy and cost. */
    Reward reward() {
        return Reward.accuracy();
    }

    @Override
    public Integer call() {
        Optional<StudySpecification> begun = adoptStudy();
        StudySpecification search = specification(begun);
        begun.ifPresent(study -> StudyOptions.requireSame(study, search));
        int parallel = run.parallel();
        run.from();
        confirm();
        run.confirmSeeds();
        Optional<String> address = run.cluster();
        SearchPlan<?> plan = search.plan();
        StandInView view = new StandInView(search);
        plan.choices().forEach(view::standIn); // refuses too small images
        if (run.dryRun()) {
            DryRun dryRun = new DryRun(search, plan, proxy.hasData());
            dryRun.print(spec.commandLine().getOut(), spec.commandLine().getErr(), run.json());
            return ExitCode.OK;
        }
        if (!proxy.hasData()) {
            throw new InvalidInputException("--data is missing: name the images, e.g. --data cifar10:DIR");
        }
        view.check(plan.choices(), PictureSide.of(search.proxy().data(), search.seed()))
                .warnings()
                .forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
        if (address.isEmpty()) {
            return runStudy(search, begun.isPresent(), parallel, Optional.empty());
        }
        try (Cluster cluster = ClusterProvider.open(address.get())) {
            return runStudy(search, begun.isPresent(), parallel, Optional.of(cluster));
        }
    }

    private StudySpecification specification(Optional<StudySpecification> begun) {
        boolean baseGiven = spec.commandLine().getParseResult().hasMatchedOption("--base");
        ModelDefinition base =
                begun.isPresent() && !baseGiven ? begun.get().base() : new NamedModel(base()).definition();
        return new StudySpecification(
                base,
                classes,
                space(),
                budgets(),
                trials(),
                proxy.settings(),
                reward(),
                run.pruner(proxy.settings().epochs()),
                proxy.seed(),
                proxy.seedsPerTrial());
    }

    /** The study's specification where one goes on; empty for a new one. */
    private Optional<StudySpecification> adoptStudy() {
        boolean present = run.hasStudy() && Files.exists(run.study());
        if (run.resume() && !present) {
            throw new InvalidInputException(
                    "There is no study " + run.study() + " to resume: check --study, or start without --resume");
        }
        if (!run.resume() && present && !run.dryRun()) {
            throw new InvalidInputException(
                    "The study " + run.study() + " is there already: go on with --resume, or name another --study");
        }
        requireFolder();
        if (!run.resume()) {
            return Optional.empty();
        }
        try (Study study = Study.read(run.study(), new VersionZero())) {
            StudySpecification begun = StudySpecification.parse(study.specification());
            StudyOptions.adopt(begun, begins(), spec, spec.commandLine().getParseResult());
            return Optional.of(begun);
        }
    }

    private void requireFolder() {
        Path folder = run.hasStudy() ? run.study().toAbsolutePath().getParent() : null;
        if (folder != null && !Files.isDirectory(folder)) {
            throw new InvalidInputException("The folder of --study does not exist: " + folder);
        }
    }

    private int runStudy(StudySpecification wanted, boolean resumed, int parallel, Optional<Cluster> cluster) {
        int maxTrials = run.maxTrials();
        try (Search search = resumed ? Search.open(run.study()) : begin(wanted)) {
            search.trials(wanted.trials()).parallel(parallel).maxTrials(maxTrials);
            cluster.ifPresent(search::on);
            return runTrials(search);
        }
    }

    private Search begin(StudySpecification wanted) {
        return run.from().isEmpty()
                ? Search.create(wanted, run.study())
                : Search.createFrom(wanted, run.study(), run.from().get());
    }

    /** Runs what there is to run and tells how it ended; after an interruption the JVM waits for both. */
    private int runTrials(Search search) {
        AtomicBoolean interrupted = new AtomicBoolean();
        InterruptGuard guard = InterruptGuard.install(() -> {
            interrupted.set(true);
            search.requestStop();
        });
        PrintWriter err = spec.commandLine().getErr();
        Watched watched = new Watched(search, run.parallel());
        try (StatusServer page = statusPage(watched, err)) {
            page.start();
            try (SearchScreen screen = new SearchScreen(err, Terminal.standardError(), watched)) {
                screen.start();
                search.run();
                confirm(search);
            }
            return report(search, interrupted.get());
        } finally {
            guard.close();
        }
    }

    /** Repeats the leaders, once the search itself has ended. */
    private void confirm(Search search) {
        boolean left = search.study().trials().stream()
                .anyMatch(trial ->
                        trial.role() == TrialRole.SEARCH && !trial.state().ended());
        if (confirm().isPresent() && !left) {
            search.confirm(confirm().get(), run.confirmSeeds());
            follow(search);
        }
    }

    private StatusServer statusPage(Watched watched, PrintWriter err) {
        StatusServer page = run.ui()
                .map(port -> StatusServer.on(port, () -> StatusJson.of(watched)))
                .orElse(StatusServer.NONE);
        page.address().ifPresent(address -> err.println("The search shows at " + address));
        return page;
    }

    private int report(Search search, boolean interrupted) {
        PrintWriter out = spec.commandLine().getOut();
        List<Trial> trials = search.study().trials();
        long failed = trials.stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .count();
        long left = trials.stream().filter(trial -> !trial.state().ended()).count();
        Optional<Trial> best = search.best();
        Optional<StandInView> view = Optional.of(new StandInView(search.specification()));
        StandingsText standings =
                new StandingsText(trials, view, search.specification().budgets().latencyMillis());
        boolean told = told(search);
        if (run.json() && !told) {
            out.println(JsonOutput.format(
                    best.map(trial -> BestCommand.json(trial, view, standings)).orElse(Map.of())));
        } else if (!run.json()) {
            if (!told) {
                out.print(best.map(trial -> BestCommand.text(trial, view, standings))
                        .orElseGet(() -> BestCommand.none(search.specification().budgets()) + "\n"));
            }
            if (failed > 0) {
                out.println(failed + (failed == 1 ? " trial" : " trials") + " failed; 'effnet search list --study "
                        + run.study() + "' tells why.");
            }
            if (interrupted || left > 0) {
                out.println((interrupted ? "Interrupted; g" : "G") + "o on with: " + resumption());
            }
        }
        out.flush(); // after an interruption the JVM goes down as soon as this method has ended
        return interrupted || best.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }
}
