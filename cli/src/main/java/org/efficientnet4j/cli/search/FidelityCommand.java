package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.commands.InterruptGuard;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.report.FidelityPage;
import org.efficientnet4j.search.report.FidelityPage.Point;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.RankAgreement;
import org.efficientnet4j.search.statistics.Standings;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search fidelity}: how far a study's ranking holds in a dearer training. */
@Command(
        name = "fidelity",
        description = {
            "Trains some of a study's networks longer, larger or with other seeds, and tells how far both rankings agree:"
                    + " Kendall's tau with its interval. The dear trainings are a study of their own, which goes on where"
                    + " it was when the command is given again.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  effnet search fidelity --study study.db --dear dear.db --candidates 10 --epochs-times 3 --seeds 3"
        })
public final class FidelityCommand implements Callable<Integer> {
    private static final int LEAST = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyFile study;

    @Option(names = "--dear", required = true, paramLabel = "F.db", description = "The dear trainings' study.")
    private Path dear;

    @Option(
            names = "--candidates",
            paramLabel = "K",
            defaultValue = "10",
            description = "Networks to train, evenly from the best to the worst, 4 or more (${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--epochs-times",
            paramLabel = "N",
            defaultValue = "3",
            description = "Times the study's epochs (${DEFAULT-VALUE}).")
    private int epochsTimes;

    @Option(
            names = "--examples-times",
            paramLabel = "N",
            defaultValue = "1",
            description = "Times the study's training images (${DEFAULT-VALUE}).")
    private int examplesTimes;

    @Option(names = "--proxy-size", paramLabel = "N", description = "The base's image size (the study's).")
    private Integer size;

    @Option(
            names = "--proxy-width",
            paramLabel = "X",
            description = "Multiplies every network's channels (the study's).")
    private Double width;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Fresh seeds of each (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Trials at a time (${DEFAULT-VALUE}).")
    private int parallel;

    @Option(names = "--out", paramLabel = "F.html", description = "Also write a page with the picture.")
    private Path out;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public FidelityCommand() {}

    @Override
    public Integer call() {
        requireAtLeast("--candidates", candidates, LEAST);
        requireAtLeast("--epochs-times", epochsTimes, 1);
        requireAtLeast("--examples-times", examplesTimes, 1);
        requireAtLeast("--seeds", seeds, 1);
        StudySpecification cheap;
        List<Trial> chosen;
        try (Study opened = study.open()) {
            cheap = StudySpecification.parse(opened.specification());
            chosen = chosen(cheap, opened.trials());
        }
        try (Search search = open(cheap)) {
            search.study()
                    .add(
                            chosen.stream().map(Trial::choice).toList(),
                            search.specification().seeds());
            boolean ended = train(search, chosen.size());
            List<Point> points = points(search, chosen);
            if (!ended || points.size() < LEAST) {
                spec.commandLine()
                        .getErr()
                        .println(points.size() + " of " + chosen.size()
                                + " dear trainings have ended; go on by the same command.");
                return ExitCode.FAILURE;
            }
            print(points);
            return ExitCode.OK;
        }
    }

    /** Different networks evenly over the ranking, the best and the worst among them. */
    private List<Trial> chosen(StudySpecification cheap, List<Trial> trials) {
        List<Trial> ranked = Standings.of(
                        BestTrials.ranked(trials, cheap.budgets().latencyMillis()), cheap.identity())
                .map(all ->
                        all.standings().stream().map(Standings.Standing::trial).toList())
                .orElse(List.of());
        if (ranked.size() < LEAST) {
            throw new InvalidInputException(
                    "The study must have at least 4 different networks with a score, found " + ranked.size());
        }
        int count = Math.min(candidates, ranked.size());
        return IntStream.range(0, count)
                .map(i -> (int) Math.round(i * (ranked.size() - 1.0) / (count - 1)))
                .mapToObj(ranked::get)
                .toList();
    }

    private Search open(StudySpecification cheap) {
        ProxySettings proxy = cheap.proxy();
        ProxySettings dearer = new ProxySettings(
                proxy.data(),
                size == null ? proxy.size() : size,
                proxy.examples() * examplesTimes,
                proxy.validationExamples(),
                proxy.epochs() * epochsTimes,
                proxy.batch(),
                width == null ? proxy.width() : width,
                proxy.learningRate(),
                proxy.fit(),
                proxy.selection());
        StudySpecification fresh = cheap.withProxy(dearer, seeds).withSeed(cheap.seed() + cheap.seedsPerTrial());
        if (!Files.exists(dear)) {
            return Search.create(fresh, dear);
        }
        Search search = Search.open(dear);
        if (!search.specification().withAbsoluteData().equals(fresh.withAbsoluteData())) {
            search.close();
            throw new InvalidInputException("The study " + dear
                    + " was begun for other dear trainings: give the same options, or name another --dear");
        }
        return search;
    }

    /** Trains what waits; false after an interruption. */
    private boolean train(Search search, int wanted) {
        InterruptGuard guard = InterruptGuard.install(search::requestStop);
        try (SearchScreen screen = new SearchScreen(
                spec.commandLine().getErr(), Terminal.standardError(), new Watched(search, wanted, parallel))) {
            screen.start();
            search.parallel(parallel).runWaiting();
        } finally {
            guard.close();
        }
        return search.study().trials().stream().allMatch(trial -> trial.state().ended());
    }

    private static List<Point> points(Search search, List<Trial> chosen) {
        List<Trial> dear = search.study().trials();
        Optional<Standings> standings = search.standings();
        List<Point> points = new ArrayList<>();
        for (Trial cheap : chosen) {
            dear.stream()
                    .filter(trial -> trial.choice().equals(cheap.choice())
                            && trial.score().isPresent())
                    .findFirst()
                    .ifPresent(trial -> points.add(new Point(
                            cheap.number(),
                            cheap.choice().label(),
                            cheap.score().orElseThrow(),
                            trial.score().orElseThrow(),
                            standings
                                    .flatMap(all -> all.standings().stream()
                                            .filter(one -> one.trial().number() == trial.number())
                                            .findFirst())
                                    .map(Standings.Standing::standardError)
                                    .orElse(OptionalDouble.empty()))));
        }
        return points;
    }

    private void print(List<Point> points) {
        RankAgreement agreement = RankAgreement.of(
                points.stream().map(Point::cheap).toList(),
                points.stream().map(Point::dear).toList());
        PrintWriter print = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("tau", agreement.tau());
            result.put("low", agreement.low());
            result.put("high", agreement.high());
            result.put("advice", agreement.advice());
            result.put(
                    "networks",
                    points.stream()
                            .map(point ->
                                    Map.of("number", point.number(), "score", point.cheap(), "dearScore", point.dear()))
                            .toList());
            print.println(JsonOutput.format(result));
        } else {
            TextTable table = new TextTable("trial", "choice", "score", "dear score");
            points.forEach(
                    point -> table.row(point.number(), point.label(), decimals(point.cheap()), decimals(point.dear())));
            print.print(table);
            print.printf(
                    Locale.ROOT,
                    "Kendall's tau %.2f, 95 %% interval %.2f to %.2f, of %d networks.%n%s%n",
                    agreement.tau(),
                    agreement.low(),
                    agreement.high(),
                    agreement.networks(),
                    agreement.advice());
        }
        if (out != null) {
            AtomicFiles.writeText(out, new FidelityPage("How far the ranking holds", points, agreement).html());
        }
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new InvalidInputException(option + " must be at least " + least + ", found " + value);
        }
    }
}
