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
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.progress.ProgressLine;
import org.efficientnet4j.cli.progress.TrainingProgress;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.data.check.DuplicateImages;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.Problems;
import org.efficientnet4j.train.options.Recipes;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;
import org.efficientnet4j.train.run.RunExtension;
import org.efficientnet4j.train.run.ScheduleChange;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingResult.Outcome;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.ui.TrainingUi;
import org.efficientnet4j.weights.WeightLocation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code effnet train}: trains a model on images and writes a run directory. */
@Command(
        name = "train",
        abbreviateSynopsis = true,
        description = "Trains a model on images and writes a run directory with the model file.",
        footer = {
            "",
            "SOURCE is a directory (a sub-folder for each class, or train/ and val/ or test/ below it), cifar10:DIR,"
                    + " cifar100:DIR, csv:FILE:DIR, or shapes[:N] (generated, needs nothing); see docs/data.md.",
            "",
            "Examples:",
            "  effnet train efficientnetv2_b0 --data shapes --epochs 3 --size 48 --out runs/first",
            "  effnet train efficientnet_b0 --data photos --out runs/photos --resume",
            "  effnet train efficientnet_b0 --init b0.safetensors --freeze-until head --data photos --out runs/tuned",
            "  effnet train efficientnetv2_s --data photos --progressive paper --dry-run"
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A name of 'effnet models', or an architecture file (.yaml); may come from --config instead.")
    private String model;

    @Option(names = "--out", paramLabel = "DIR", description = "The run directory; new or empty.")
    private Path out;

    @Option(
            names = "--config",
            paramLabel = "F.yaml",
            description = "Options from a file, such as a run's config.yaml; options given here win.")
    private Path config;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "Settings that come with the toolkit, see 'effnet recipes'; --config and options win.")
    private String recipe;

    @Mixin
    private CsvFlags csvFlags;

    @Mixin
    private UiFlags uiFlags;

    @Option(
            names = "--resume",
            description = "Go on with the run in --out from its last checkpoint; with more --epochs, for longer.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Replace the run in --out.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Print the resolved configuration and the phases; train nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result (or the dry run) as JSON.")
    private boolean json;

    /** Created by {@link #commandLine}. */
    private TrainCommand() {}

    /** The command with training's options as flags. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new TrainCommand());
        TrainingFlags.addTo(command.getCommandSpec());
        return command;
    }

    /**
     * A part of the run, as {@code --dry-run --json} prints it.
     *
     * @param size image height and width in pixels
     * @param batch images a step
     * @param epochs passes over the training images
     * @param dropout drop rate before the classifier
     * @param randAugment magnitude; 0 without
     * @param mixup alpha; 0 without
     * @param cutmix alpha; 0 without
     */
    record Phase(int size, int batch, int epochs, double dropout, double randAugment, double mixup, double cutmix) {
        static List<Phase> of(TrainingOptions options) {
            return options.phases().phases().stream().map(Phase::of).toList();
        }

        private static Phase of(ProgressivePhase phase) {
            Strengths strengths = phase.strengths();
            return new Phase(
                    phase.size(),
                    phase.batch(),
                    phase.epochs(),
                    strengths.dropout(),
                    strengths.randAugment(),
                    strengths.mixup(),
                    strengths.cutmix());
        }
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        requireSense(problems);
        Optional<RunExtension> extension = problems.isEmpty() ? extension() : Optional.empty();
        TrainingOptionsBuilder builder = problems.isEmpty() ? base(extension) : TrainingOptions.builder();
        builder.namedByFlags();
        if (model != null) {
            builder.set(RunOptions.MODEL, "MODEL", model);
        }
        TrainingFlags.apply(typed(), builder, problems);
        if (csvFlags.given()) {
            builder.find(DataOptions.SOURCE)
                    .flatMap(source -> problems.attempt(() -> csvFlags.named(source)))
                    .ifPresent(source -> builder.set(DataOptions.SOURCE, source));
        }
        PrintWriter err = spec.commandLine().getErr();
        if (!resume && problems.isEmpty()) {
            builder.find(TransferOptions.INIT).ifPresent(weights -> Downloads.file(WeightLocation.parse(weights), err));
        }
        ImageTraining training = ImageTraining.prepare(builder, problems);
        if (dryRun) {
            printPlan(training);
            return ExitCode.OK;
        }
        Backend.requireUsable(); // before anything is written
        if (!resume) {
            training.requireStart();
        }
        // Before the run is written: a port that is taken leaves nothing behind.
        Optional<TrainingUi> ui = uiFlags.start(out.toString());
        try {
            return run(training, extension, ui);
        } finally {
            ui.ifPresent(TrainingUi::close);
        }
    }

    private ParseResult typed() {
        return spec.commandLine().getParseResult();
    }

    /** More epochs than the run was started with, if they are asked for. */
    private Optional<RunExtension> extension() {
        Optional<ScheduleChange> change = TrainingFlags.scheduleChange(typed());
        Optional<Integer> epochs = resume ? TrainingFlags.epochs(typed()) : Optional.empty();
        Optional<RunExtension> extension = epochs.filter(
                        wanted -> !wanted.equals(TrainingRun.open(out).options().get(RunOptions.EPOCHS)))
                .map(wanted -> new RunExtension(wanted, change.orElse(ScheduleChange.EXTEND)));
        if (change.isPresent() && extension.isEmpty()) {
            throw new InvalidInputException("--schedule " + change.get().name().toLowerCase(Locale.ROOT)
                    + " goes with --resume and more --epochs than the run was started with, found it without: choose"
                    + " cosine, exponential or constant for a new run");
        }
        return extension;
    }

    private int run(ImageTraining training, Optional<RunExtension> extension, Optional<TrainingUi> ui) {
        TrainingRun run = openRun(training.options(), extension);
        List<String> warnings = new ArrayList<>(training.changes(run));
        training.warnings().forEach(advice -> warnings.add(advice + "."));
        Trainer trainer = training.trainer(run);
        ui.ifPresent(pages -> UiFlags.attach(pages, trainer, spec.commandLine().getErr()));
        InterruptGuard guard = InterruptGuard.install(trainer::requestStop);
        try {
            TrainingResult result = train(trainer, training, warnings);
            if (result.outcome() != Outcome.INTERRUPTED) {
                ReportFile.write(run, training);
            }
            return report(run, training, result);
        } finally {
            guard.close();
        }
    }

    private void requireSense(Problems problems) {
        if (resume && overwrite) {
            problems.add("--resume goes on with a run, --overwrite deletes it: give one of them");
        }
        if (out == null && (!dryRun || resume)) {
            problems.add("--out is missing: name a directory for the run, e.g. --out runs/first");
        }
    }

    private TrainingOptionsBuilder base(Optional<RunExtension> extension) {
        TrainingOptionsBuilder builder = recipe == null ? TrainingOptions.builder() : Recipes.options(recipe);
        if (resume) {
            TrainingRun stored = TrainingRun.open(out);
            builder = recipe == null && config == null ? stored(stored, extension) : builder;
            // A file that does not name the rule means the run's, which an earlier version may have begun.
            builder.set(DataOptions.SPLIT, stored.options().get(DataOptions.SPLIT))
                    .network(name -> stored.model());
        }
        return config == null ? builder : builder.putAll(TrainingOptionsFile.read(config));
    }

    private TrainingOptionsBuilder stored(TrainingRun run, Optional<RunExtension> extension) {
        if (extension.isEmpty()) {
            return TrainingOptionsFile.read(run.configFile());
        }
        TrainingOptions longer = extension.get().of(run);
        spec.commandLine().getErr().println(extension.get().description(run.options()) + ".");
        return longer.toBuilder();
    }

    private TrainingRun openRun(TrainingOptions options, Optional<RunExtension> extension) {
        if (resume) {
            return extension
                    .map(longer -> TrainingRun.resume(out, options, longer))
                    .orElseGet(() -> TrainingRun.resume(out, options));
        }
        return overwrite ? TrainingRun.overwrite(out, options) : TrainingRun.create(out, options);
    }

    private TrainingResult train(Trainer trainer, ImageTraining training, List<String> warnings) {
        PrintWriter err = spec.commandLine().getErr();
        TrainingOptions options = training.options();
        err.printf(
                Locale.ROOT,
                "Training %s on %,d images, %,d held out; %d px, batch %d, %d %s.%n",
                Printable.line(options.get(RunOptions.MODEL)),
                training.data().train().size(),
                training.data().validation().size(),
                options.get(DataOptions.SIZE),
                options.get(DataOptions.BATCH),
                options.get(RunOptions.EPOCHS),
                options.get(RunOptions.EPOCHS) == 1 ? "epoch" : "epochs");
        ClassCounts counts = ClassCounts.of(training.data());
        err.println(Printable.line(counts.line() + "."));
        DataNotes.leftOut(training.data().leftOut(), err);
        DataNotes.warnings(counts.warnings(training.data().leftOut()), err);
        DataNotes.warnings(warnings, err);
        options.find(TransferOptions.INIT)
                .ifPresent(file -> err.println(Printable.line("Starts from " + training.start() + ".")));
        training.initRemarks().forEach(remark -> err.println(Printable.line(remark + ".")));
        ProgressLine line = new ProgressLine(err, Terminal.standardError(), System::nanoTime);
        try {
            return trainer.listener(new TrainingProgress(line)).train();
        } finally {
            line.erase();
        }
    }

    private int report(TrainingRun run, ImageTraining training, TrainingResult result) {
        List<SkippedImage> skipped = training.skipped();
        PrintWriter err = spec.commandLine().getErr();
        DataSplits data = training.data();
        InferenceFlags.reportSkipped(
                skipped, data.train().size() + data.validation().size(), err);
        result.best()
                .flatMap(best -> ConstantAnswer.warning(ClassCounts.of(data), best.top1()))
                .ifPresent(warning -> DataNotes.warnings(List.of(warning), err));
        PrintWriter stdout = spec.commandLine().getOut();
        boolean interrupted = result.outcome() == Outcome.INTERRUPTED;
        if (json) {
            stdout.println(JsonOutput.format(TrainingSummary.of(run, result, skipped.size())));
        } else if (interrupted) {
            stdout.println(Printable.line("Interrupted; go on with: effnet train --resume --out " + run.directory()));
        } else {
            stdout.println(Printable.line(
                    TrainingSummary.of(run, result, skipped.size()).sentence()));
        }
        stdout.flush(); // after an interruption the JVM goes down as soon as this method has ended
        return interrupted ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void printPlan(ImageTraining training) {
        TrainingOptions options = training.options();
        String yaml = TrainingOptionsFile.write(options);
        PrintWriter stdout = spec.commandLine().getOut();
        DataSplits data = training.data();
        ClassCounts counts = ClassCounts.of(data);
        List<String> warnings = new ArrayList<>(counts.warnings(data.leftOut()));
        warnings.addAll(DuplicateImages.warnings(data));
        training.warnings().forEach(advice -> warnings.add(advice + "."));
        if (json) {
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("model", options.get(RunOptions.MODEL));
            plan.put("trainingImages", data.train().size());
            plan.put("validationImages", data.validation().size());
            plan.put("classes", counts.classes());
            plan.put("leftOut", data.leftOut());
            plan.put("warnings", warnings);
            plan.put("config", JsonOutput.fromYaml(yaml));
            plan.put("start", training.start());
            plan.put("startRemarks", training.initRemarks());
            plan.put("stages", Phase.of(options));
            stdout.println(JsonOutput.format(plan));
        } else {
            stdout.println(yaml);
            stdout.println(Printable.line("Starts from " + training.start() + "."));
            training.initRemarks().forEach(remark -> stdout.println(Printable.line(remark + ".")));
            stdout.println();
            stdout.print(PhaseTable.of(Phase.of(options)));
            stdout.println();
            stdout.print(ClassTable.of(counts));
        }
        PrintWriter err = spec.commandLine().getErr();
        DataNotes.leftOut(data.leftOut(), err);
        DataNotes.warnings(warnings, err);
        if (out != null && Files.exists(out) && !resume && !overwrite) {
            err.println(Printable.line("Note: " + out + " exists already."));
        }
    }
}
