package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.evaluate.Predictor;
import org.efficientnet4j.evaluate.Predictor.Prediction;
import org.efficientnet4j.evaluate.Predictor.Score;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet predict}: names the classes of image files. */
@Command(
        name = "predict",
        description = "Names the classes of image files, with probabilities.",
        footer = {
            "",
            "Examples:",
            "  effnet predict runs/pets/model.zip cat.jpg dog.jpg --top 3",
            "  effnet predict runs/pets/model.zip --dir test --template kaggle --out submission.csv",
            "  effnet predict --model efficientnet_b0 --weights b0.safetensors --npy in.npy --logits-out out.npy"
        })
public final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL_FILE", description = "A run's model.zip.")
    private Path modelFile;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "IMAGE", description = "Image files.")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--dir", paramLabel = "D", description = "Every image below a folder.")
    private Path directory;

    @Option(
            names = "--csv",
            paramLabel = "F",
            description = "A CSV whose column image, file or id (or the first) names image files, relative to it.")
    private Path csv;

    @Mixin
    private CsvImageFlags csvFlags;

    @Option(names = "--top", paramLabel = "K", description = "How many classes an image (5, or all if fewer).")
    private Integer top;

    @Option(names = "--out", paramLabel = "F.csv", description = "Write CSV there instead of a list to the screen.")
    private Path out;

    @Option(
            names = "--template",
            paramLabel = "kaggle",
            description = "A submission: columns id (file name without extension) and label.")
    private Template template;

    @Mixin
    private InferenceFlags flags;

    @Mixin
    private LogitsFlags logits;

    /** Created by the command line. */
    public PredictCommand() {}

    /** Layouts of a CSV for others to read. */
    enum Template {
        /** Kaggle's usual submission. */
        KAGGLE
    }

    private List<Path> files() {
        int given = (images.isEmpty() ? 0 : 1) + (directory == null ? 0 : 1) + (csv == null ? 0 : 1);
        if (given != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give either image files, or --dir, or --csv; found " + given + " of the three.");
        }
        if (directory != null) {
            return ImageFiles.below(directory, spec.commandLine().getErr());
        }
        return csv != null ? ImageFiles.listedIn(csv, csvFlags.columns()) : ImageFiles.existing(images);
    }

    @Override
    public Integer call() {
        if (logits.given()) {
            return writeLogits();
        }
        if (modelFile == null) {
            throw new ParameterException(spec.commandLine(), "MODEL_FILE is missing: give a run's model.zip");
        }
        if (top != null && top < 1) {
            throw new InvalidInputException("--top must be at least 1, found " + top);
        }
        List<Path> files = files();
        Backend.requireUsable();
        ModelFile model = ModelFile.read(modelFile);
        ModelMetadata metadata = flags.metadata(model);
        Predictor.Result result = new Predictor(
                        NetworkInference.takingOver(model.graph()),
                        metadata.labels(),
                        metadata.preprocessing(),
                        metadata.channels())
                .predict(files, flags.batch());
        InferenceFlags.reportSkipped(
                result.unreadable(), files.size(), spec.commandLine().getErr());
        if (result.predictions().isEmpty()
                || (flags.strict() && !result.unreadable().isEmpty())) {
            throw new InvalidInputException(result.unreadable().size() + " of " + files.size()
                    + " images cannot be read: mend or leave out those named above");
        }
        write(
                result.predictions(),
                Math.min(top == null ? 5 : top, metadata.labels().size()));
        return ExitCode.OK;
    }

    private int writeLogits() {
        if (modelFile != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give either a model file, found " + modelFile + ", or --model with its weights");
        }
        spec.commandLine().getOut().println(logits.run(spec.commandLine().getErr()));
        return ExitCode.OK;
    }

    private void write(List<Prediction> predictions, int shown) {
        PrintWriter stdout = spec.commandLine().getOut();
        if (out != null || template != null) {
            String text = PredictionCsv.format(predictions, shown, template == Template.KAGGLE);
            if (out == null) {
                stdout.print(text);
            } else {
                save(text);
            }
        }
        if (flags.json()) {
            stdout.println(JsonOutput.format(Map.of(
                    "predictions",
                    predictions.stream().map(p -> Row.of(p, shown)).toList())));
        } else if (out == null && template == null) {
            predictions.forEach(prediction -> print(prediction, shown, stdout));
        }
    }

    /**
     * One image in JSON.
     *
     * @param image the file
     * @param label the most probable class
     * @param scores the most probable classes
     */
    record Row(String image, String label, List<Score> scores) {
        static Row of(Prediction prediction, int shown) {
            return new Row(
                    prediction.file().toString(),
                    prediction.scores().get(0).label(),
                    prediction.scores().subList(0, shown));
        }
    }

    private void save(String text) {
        AtomicFiles.writeText(out, text);
        spec.commandLine().getErr().println("Wrote " + out);
    }

    private static void print(Prediction prediction, int shown, PrintWriter stdout) {
        StringBuilder line = new StringBuilder(Printable.line(prediction.file().toString())).append(':');
        for (Score score : prediction.scores().subList(0, shown)) {
            line.append(String.format(
                    Locale.ROOT, "  %s %.1f %%", Printable.line(score.label()), 100 * score.probability()));
        }
        stdout.println(line);
    }
}
