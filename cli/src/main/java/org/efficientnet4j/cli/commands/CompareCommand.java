package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.progress.ProgressLine;
import org.efficientnet4j.cli.progress.TrainingProgress;
import org.efficientnet4j.compare.Budget;
import org.efficientnet4j.compare.ComparedFiles;
import org.efficientnet4j.compare.Comparison;
import org.efficientnet4j.compare.ComparisonPage;
import org.efficientnet4j.compare.ComparisonPage.Row;
import org.efficientnet4j.compare.Contestant;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.Problems;
import org.efficientnet4j.train.options.Recipes;
import org.efficientnet4j.train.options.TrainingOption;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code effnet compare}: trains networks alike, or judges model files alike, and says which differences are real. */
@Command(
        name = "compare",
        sortOptions = false,
        description = "Trains several networks alike and judges them on the same images; or judges model files.",
        footer = {
            "",
            "Every network gets the same recipe, image size, seeds and length: --epochs, or --minutes of training each. The"
                    + " weights of the last epoch are judged, on the test part where the data has one, so that the images of"
                    + " the judgement have chosen nothing. Stopped, it goes on when the command is repeated. DIR gets"
                    + " report.html, comparison.csv and each run.",
            "",
            "Examples:",
            "  effnet compare lenet mobilenet_v2 efficientnet_v2_b0 --data cifar10 --minutes 10 --seeds 3 --out runs/compare",
            "  effnet compare --evaluate runs/a/model.zip runs/b/model.zip --data photos/test"
        })
public final class CompareCommand implements Callable<Integer> {
    /** Options that a comparison sets itself. */
    private static final Set<TrainingOption<?>> OWN =
            Set.of(TransferOptions.INIT, DataOptions.EPOCH_IMAGES, ValidationOptions.KEEP, ValidationOptions.PATIENCE);

    /** Share by which a training may miss its time without a word. */
    private static final double TIME_TOLERANCE = 0.25;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Names of 'effnet models', or architecture files.")
    private List<NamedModel> models;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The comparison's directory; new, empty, or to go on in.")
    private Path out;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Minutes of training for each network, instead of --epochs.")
    private Double minutes;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            defaultValue = "1",
            description = "Trainings of each network (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--init",
            paramLabel = "MODEL=FILE",
            description = "Trained weights that a network starts from; repeat it for others.")
    private Map<String, String> init = new LinkedHashMap<>();

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "Settings that come with the toolkit, see 'effnet recipes'.")
    private String recipe;

    @Option(names = "--config", paramLabel = "F.yaml", description = "Options from a file; options given here win.")
    private Path config;

    @Option(names = "--evaluate", description = "The arguments are model files: train nothing, judge them.")
    private boolean evaluate;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "With --evaluate: the images to judge, ${COMPLETION-CANDIDATES} (as evaluate chooses).")
    private DataPart part;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    private final AtomicBoolean stopped = new AtomicBoolean();

    private CompareCommand() {}

    /** The command with training's options as flags. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new CompareCommand());
        TrainingFlags.addTo(command.getCommandSpec(), OWN);
        return command;
    }

    @Override
    public Integer call() {
        TrainingOptionsBuilder options = options();
        String source = options.find(DataOptions.SOURCE)
                .orElseThrow(
                        () -> new InvalidInputException("--data is missing: name the images, e.g. --data cifar10"));
        if (evaluate) {
            Backend.requireUsable();
            List<Path> files =
                    models.stream().map(NamedModel::text).map(Path::of).toList();
            return report(ComparedFiles.of(files, judged(files, source)), source);
        }
        Comparison comparison = new Comparison(contestants(), budget(), seeds, options, requireOut());
        Backend.requireUsable();
        return train(comparison, source);
    }

    /** The images that none of the networks has learnt from, as {@code evaluate} chooses them for each. */
    private ImageSource judged(List<Path> files, String source) {
        PrintWriter err = spec.commandLine().getErr();
        JudgedImages first = null;
        for (Path file : files) {
            JudgedImages images = JudgedImages.open(
                    file, ModelFile.readMetadata(file), new JudgedImages.Wish(source, part, null, null));
            DataNotes.warnings(images.warnings(), err);
            if (first != null && !ids(first.images()).equals(ids(images.images()))) {
                throw new InvalidInputException(
                        "The networks must be judged on the same images, found that " + files.get(0)
                                + " and " + file + " hold out different ones of " + source
                                + ": choose images that neither has learnt from, or the part with --part");
            }
            first = first == null ? images : first;
        }
        err.println(Printable.line(first.sentence()));
        return first.images();
    }

    private static List<String> ids(ImageSource images) {
        return IntStream.range(0, images.size()).mapToObj(images::id).toList();
    }

    private TrainingOptionsBuilder options() {
        TrainingOptionsBuilder builder = recipe == null ? TrainingOptions.builder() : Recipes.options(recipe);
        if (config != null) {
            builder.putAll(TrainingOptionsFile.read(config));
        }
        builder.namedByFlags();
        Problems problems = new Problems();
        TrainingFlags.apply(typed(), builder, problems, OWN);
        problems.throwIfAny();
        return builder;
    }

    private ParseResult typed() {
        return spec.commandLine().getParseResult();
    }

    private Path requireOut() {
        if (out == null) {
            throw new InvalidInputException("--out is missing: name a directory, e.g. --out runs/compare");
        }
        return out;
    }

    private Budget budget() {
        Optional<Integer> epochs = TrainingFlags.epochs(typed());
        if (epochs.isPresent() == (minutes != null)) {
            throw new InvalidInputException("A comparison needs --epochs or --minutes, one of them, found "
                    + (minutes == null ? "neither" : "both"));
        }
        return minutes == null ? new Budget.Epochs(epochs.orElseThrow()) : new Budget.Minutes(minutes);
    }

    private List<Contestant> contestants() {
        Map<String, String> left = new LinkedHashMap<>(init);
        Problems problems = new Problems();
        List<Contestant> contestants = new ArrayList<>();
        for (NamedModel model : models) {
            Optional<String> weights = Optional.ofNullable(left.remove(model.text()));
            problems.attempt(() -> Contestant.of(model.definition(), weights)).ifPresent(contestants::add);
        }
        left.keySet()
                .forEach(name -> problems.add("--init " + name + "=... must name a network of the comparison, found "
                        + models.stream().map(NamedModel::text).collect(Collectors.joining(", "))));
        problems.throwIfAny();
        return contestants;
    }

    private int train(Comparison comparison, String source) {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine line = new ProgressLine(err, Terminal.standardError(), System::nanoTime);
        InterruptGuard guard = InterruptGuard.install(() -> stopped.set(true));
        try {
            Optional<List<Row>> rows = comparison.run(
                    (contestant, seed, number, of) -> started(contestant, seed, number + " of " + of, line, err),
                    stopped::get);
            line.erase();
            rows.flatMap(this::unequalTimes).ifPresent(warning -> DataNotes.warnings(List.of(warning), err));
            return rows.isPresent() ? report(rows.get(), source) : interrupted();
        } finally {
            line.erase();
            guard.close();
        }
    }

    /** A warning where the trainings did not take the time that they were given. */
    private Optional<String> unequalTimes(List<Row> rows) {
        if (minutes == null) {
            return Optional.empty();
        }
        return rows.stream()
                .filter(row -> Math.abs(row.seconds() / (60 * minutes) - 1) > TIME_TOLERANCE)
                .map(row ->
                        String.format(Locale.ROOT, "%s %.0f s", row.standing().name(), row.seconds()))
                .reduce((first, second) -> first + ", " + second)
                .map(late -> String.format(
                        Locale.ROOT,
                        "The trainings were to take %.0f s each, and took, validation left out, %s: the machine's speed"
                                + " changed since it was measured; compare at equal --epochs, or on a quiet machine.",
                        60 * minutes,
                        late));
    }

    private static ProgressListener started(
            Contestant contestant, long seed, String which, ProgressLine line, PrintWriter err) {
        line.erase();
        err.println(Printable.line("Training " + which + ": " + contestant.name() + ", seed " + seed + "."));
        return new TrainingProgress(line);
    }

    private int interrupted() {
        spec.commandLine().getOut().println("Interrupted; repeat the command to go on.");
        spec.commandLine().getOut().flush();
        return ExitCode.FAILURE;
    }

    private int report(List<Row> rows, String source) {
        ComparisonOutput output = new ComparisonOutput(rows);
        PrintWriter stdout = spec.commandLine().getOut();
        if (out != null) {
            Path page = out.resolve("report.html");
            createFolder();
            AtomicFiles.writeText(out.resolve("comparison.csv"), output.csv());
            AtomicFiles.writeText(page, new ComparisonPage("Comparison on " + source, subtitle(rows), rows).html());
            if (!json) {
                spec.commandLine().getErr().println(Printable.line("Wrote " + page + "."));
            }
        }
        if (json) {
            stdout.println(JsonOutput.format(output.json()));
        } else {
            stdout.print(output.table());
        }
        return ExitCode.OK;
    }

    private void createFolder() {
        try {
            Files.createDirectories(out);
        } catch (java.io.IOException e) {
            throw new InvalidInputException("Cannot create the directory " + out + ": " + e.getMessage(), e);
        }
    }

    private String subtitle(List<Row> rows) {
        int images = rows.get(0).standing().seeds().get(0).answers().answers().size();
        String length = evaluate
                ? "model files as they are"
                : (minutes == null
                                ? TrainingFlags.epochs(typed()).orElseThrow() + " epochs each"
                                : minutes + " minutes of training each")
                        + ", " + seeds + (seeds == 1 ? " seed" : " seeds");
        return length + ", judged on " + images + (images == 1 ? " image" : " images");
    }
}
