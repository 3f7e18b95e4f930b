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
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.data.check.DuplicateImages;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.TrainingResult;
import org.efficientnet4j.train.TrainingResult.Outcome;
import org.efficientnet4j.train.TrainingRun;
import org.efficientnet4j.train.options.Recipes;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.progressive.ProgressiveStage;
import org.efficientnet4j.train.progressive.Strengths;
import org.efficientnet4j.ui.TrainingUi;
import org.efficientnet4j.weights.WeightLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet train}: trains a model on images and writes a run directory. */
@Command(
        name = "train",
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
    private TrainingFlags flags;

    @Mixin
    private CsvFlags csvFlags;

    @Mixin
    private TransferFlags transferFlags;

    @Mixin
    private UiFlags uiFlags;

    @Option(names = "--resume", description = "Go on with the run in --out from its last checkpoint.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Replace the run in --out.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Print the resolved configuration and the stages; train nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result (or the dry run) as JSON.")
    private boolean json;

    /** Created by the command line. */
    public TrainCommand() {}

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
    record Stage(int size, int batch, int epochs, double dropout, double randAugment, double mixup, double cutmix) {
        static List<Stage> of(TrainingOptions options) {
            return options.stages().stages().stream().map(Stage::of).toList();
        }

        private static Stage of(ProgressiveStage stage) {
            Strengths strengths = stage.strengths();
            return new Stage(
                    stage.size(),
                    stage.batch(),
                    stage.epochs(),
                    strengths.dropout(),
                    strengths.randAugment(),
                    strengths.mixup(),
                    strengths.cutmix());
        }
    }

    @Override
    public Integer call() {
        requireSense();
        TrainingOptionsBuilder builder = base();
        if (model != null) {
            builder.model(model);
        }
        flags.apply(builder);
        if (csvFlags.given()) {
            builder.source(csvFlags.named(builder.source()
                    .orElseThrow(() -> new InvalidInputException("--data is missing: columns must be a source's"))));
        }
        transferFlags.apply(builder);
        if (!resume) {
            PrintWriter err = spec.commandLine().getErr();
            builder.init().ifPresent(weights -> Downloads.file(WeightLocation.parse(weights), err));
        }
        ImageTraining training =
                resume ? ImageTraining.prepare(builder, TrainingRun.open(out).model()) : ImageTraining.prepare(builder);
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
            return run(training, ui);
        } finally {
            ui.ifPresent(TrainingUi::close);
        }
    }

    private int run(ImageTraining training, Optional<TrainingUi> ui) {
        TrainingRun run = openRun(training.options());
        List<String> changes = training.changes(run);
        Trainer trainer = training.trainer(run);
        ui.ifPresent(pages -> UiFlags.attach(pages, trainer, spec.commandLine().getErr()));
        InterruptGuard guard = InterruptGuard.install(trainer::requestStop);
        try {
            TrainingResult result = train(trainer, training, changes);
            if (result.outcome() != Outcome.INTERRUPTED) {
                ReportFile.write(run, training);
            }
            return report(run, training, result);
        } finally {
            guard.close();
        }
    }

    private void requireSense() {
        if (resume && overwrite) {
            throw new InvalidInputException("--resume goes on with a run, --overwrite deletes it: give one of them");
        }
        if (out == null && (!dryRun || resume)) {
            throw new InvalidInputException("--out is missing: name a directory for the run, e.g. --out runs/first");
        }
    }

    private TrainingOptionsBuilder base() {
        if (recipe == null && config == null) {
            return resume ? TrainingOptionsFile.read(TrainingRun.open(out).configFile()) : TrainingOptions.builder();
        }
        TrainingOptionsBuilder builder = recipe == null ? TrainingOptions.builder() : Recipes.options(recipe);
        if (resume) {
            // A file that does not name the rule means the run's, which an earlier version may have begun.
            builder.splitRule(TrainingRun.open(out).options().data().split());
        }
        return config == null ? builder : builder.putAll(TrainingOptionsFile.read(config));
    }

    private TrainingRun openRun(TrainingOptions options) {
        if (resume) {
            return TrainingRun.resume(out, options);
        }
        return overwrite ? TrainingRun.overwrite(out, options) : TrainingRun.create(out, options);
    }

    private TrainingResult train(Trainer trainer, ImageTraining training, List<String> changes) {
        PrintWriter err = spec.commandLine().getErr();
        TrainingOptions options = training.options();
        err.printf(
                Locale.ROOT,
                "Training %s on %,d images, %,d held out; %d px, batch %d, %d epochs.%n",
                options.model(),
                training.data().train().size(),
                training.data().validation().size(),
                options.data().size(),
                options.data().batch(),
                options.epochs());
        ClassCounts counts = ClassCounts.of(training.data());
        err.println(counts.line() + ".");
        DataNotes.leftOut(training.data().leftOut(), err);
        DataNotes.warnings(counts.warnings(training.data().leftOut()), err);
        DataNotes.warnings(changes, err);
        options.transfer().init().ifPresent(file -> err.println("Starts from " + training.start() + "."));
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
                .ifPresent(warning -> err.println("Warning: " + warning));
        PrintWriter stdout = spec.commandLine().getOut();
        boolean interrupted = result.outcome() == Outcome.INTERRUPTED;
        if (json) {
            stdout.println(JsonOutput.format(TrainingSummary.of(run, result, skipped.size())));
        } else if (interrupted) {
            stdout.println("Interrupted; go on with: effnet train --resume --out " + run.directory());
        } else {
            stdout.println(TrainingSummary.of(run, result, skipped.size()).sentence());
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
        if (json) {
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("model", options.model());
            plan.put("trainingImages", data.train().size());
            plan.put("validationImages", data.validation().size());
            plan.put("classes", counts.classes());
            plan.put("leftOut", data.leftOut());
            plan.put("warnings", warnings);
            plan.put("config", JsonOutput.fromYaml(yaml));
            plan.put("start", training.start());
            plan.put("stages", Stage.of(options));
            stdout.println(JsonOutput.format(plan));
        } else {
            stdout.println(yaml);
            stdout.println("Starts from " + training.start() + ".");
            stdout.println();
            stdout.print(StageTable.of(Stage.of(options)));
            stdout.println();
            stdout.print(ClassTable.of(counts));
        }
        PrintWriter err = spec.commandLine().getErr();
        DataNotes.leftOut(data.leftOut(), err);
        DataNotes.warnings(warnings, err);
        if (out != null && Files.exists(out) && !resume && !overwrite) {
            err.println("Note: " + out + " exists already.");
        }
    }
}
