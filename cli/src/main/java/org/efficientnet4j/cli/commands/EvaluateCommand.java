package org.efficientnet4j.cli.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.progress.ProgressLine;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.check.ReadableClasses;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.evaluate.ClassScores;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.run.DataRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet evaluate}: scores a model file on images. */
@Command(
        name = "evaluate",
        description = "Scores a model file on images: of the data it was trained on, on those held out.",
        footer = {
            "",
            "Of the data that the model was trained on, the images held out are judged: the source's own (val/ or test/), or"
                    + " those that its training drew. Of other data, every image is judged, or the part that the data"
                    + " itself holds out. --part chooses otherwise; --seed or --validation-fraction draw another split.",
            "",
            "Example:",
            "  effnet evaluate runs/first/model.zip --data shapes --json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int LARGEST_CONFUSION_SHOWN = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_FILE", description = "A run's model.zip.")
    private Path modelFile;

    @Option(names = "--data", required = true, paramLabel = "SOURCE", description = "The images, as for train.")
    private String data;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "The images to judge: ${COMPLETION-CANDIDATES} (those held out, see below).")
    private DataPart part;

    @Mixin
    private CsvFlags csvFlags;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the split (the training's, or 42).")
    private Long seed;

    @Option(names = "--validation-fraction", paramLabel = "X", description = "Share held out (the training's, or 0.2).")
    private Double validationFraction;

    @Option(names = "--tta", description = "Average each image's probabilities with its mirror image's.")
    private boolean mirroring;

    @Mixin
    private InferenceFlags flags;

    /** Created by the command line. */
    public EvaluateCommand() {}

    @Override
    public Integer call() {
        Backend.requireUsable();
        ModelFile model = ModelFile.read(modelFile);
        JudgedImages judged = JudgedImages.open(
                modelFile,
                model.metadata(),
                new JudgedImages.Wish(csvFlags.named(data), part, seed, validationFraction));
        ImageSource images = judged.images();
        DataRecord.requireSameLabels(model.metadata().labels(), images);
        ReadableClasses.require(images);
        PrintWriter err = spec.commandLine().getErr();
        DataNotes.leftOut(judged.parts().leftOut(), err);
        DataNotes.warnings(judged.warnings(), err);
        ImagePipeline pipeline = flags.pipeline(model, images);
        EvaluationResult result = evaluate(model, pipeline);
        requireFinite(result);
        InferenceFlags.reportSkipped(pipeline.skipped(), images.size(), err);
        report(result, judged);
        return ExitCode.OK;
    }

    private void requireFinite(EvaluationResult result) {
        if (!Double.isFinite(result.loss())) {
            throw new InvalidInputException(
                    "The loss must be a finite number, found " + result.loss() + ": the weights of " + modelFile
                            + " are too large to compute with; take an earlier checkpoint, or copy the file again");
        }
    }

    private void report(EvaluationResult result, JudgedImages judged) {
        PrintWriter out = spec.commandLine().getOut();
        if (flags.json()) {
            ObjectNode json = result.toJson();
            json.put("part", judged.part().toString());
            json.put("of", judged.total());
            out.println(JsonOutput.format(json));
        } else {
            print(result, judged.sentence(), out);
        }
    }

    private EvaluationResult evaluate(ModelFile model, ImagePipeline pipeline) {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), Terminal.standardError(), System::nanoTime);
        double total = pipeline.source().size();
        try (EpochIterator batches = pipeline.epoch(0)) {
            Evaluator evaluator = new Evaluator(model.graph(), model.metadata().labels());
            return (mirroring ? evaluator.withMirroring() : evaluator)
                    .evaluate(batches, examples -> line.show("evaluating", examples / total, List.of()));
        } finally {
            line.erase();
        }
    }

    private static void print(EvaluationResult result, String part, PrintWriter out) {
        TextTable classes = new TextTable("class", "images", "precision", "recall", "F1");
        for (ClassScores scores : result.perClass()) {
            classes.row(
                    scores.label(),
                    scores.examples(),
                    percent(scores.precision()),
                    percent(scores.recall()),
                    percent(scores.f1()));
        }
        out.printf(
                Locale.ROOT,
                "top-1 %s, top-5 %s, loss %.4f, %,d images%n%s%n%n",
                percent(result.top1()),
                percent(result.top5()),
                result.loss(),
                result.examples(),
                part);
        out.print(classes);
        if (result.labels().size() <= LARGEST_CONFUSION_SHOWN) {
            out.println();
            out.print(confusion(result));
        }
    }

    private static TextTable confusion(EvaluationResult result) {
        List<String> labels = result.labels();
        String[] header = new String[labels.size() + 1];
        header[0] = "true \\ predicted";
        for (int i = 0; i < labels.size(); i++) {
            header[i + 1] = labels.get(i);
        }
        TextTable table = new TextTable(header);
        for (int row = 0; row < labels.size(); row++) {
            Object[] cells = new Object[header.length];
            cells[0] = labels.get(row);
            for (int column = 0; column < labels.size(); column++) {
                cells[column + 1] = result.confusion().get(row).get(column);
            }
            table.row(cells);
        }
        return table;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
