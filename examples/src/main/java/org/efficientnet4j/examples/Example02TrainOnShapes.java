package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Trains a small EfficientNetV2 of one's own, written in the published block notation, on pictures that the program paints:
 * the architecture as a file, the options as code, a run directory as the result, which is read back and judged.
 */
public final class Example02TrainOnShapes {
    static final Flags FLAGS = Flags.of(
                    "02 train-on-shapes",
                    "Trains a network of three stages on generated pictures of ten figures, needing no data: architecture,",
                    "options, run directory, model file.",
                    "Expect 70 to 95 % of the held-out pictures right (chance: 10 %) in 20 to 80 seconds;",
                    "with --quick 50 to 75 % in 8 to 45.")
            .with("--out", "DIR", "runs/02", "folder of the run; an earlier one of the same name is replaced")
            .with("--data", "SOURCE", "shapes:4000", "shapes:2500", "what to learn from, as 'effnet train' takes it")
            .with("--epochs", "N", "6", "4", "passes over the training images")
            .inOrder("--out");

    private Example02TrainOnShapes() {}

    /**
     * Result of the run.
     *
     * @param training how the run ended, and where its files are
     * @param heldOut what the model file scores on images the network was not trained on
     */
    public record Result(TrainingResult training, EvaluationResult heldOut) {}

    /** Trains and judges. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        Path directory = Path.of(given.text("--out"));
        Path architecture = Files.createDirectories(directory).resolve("small.yaml");
        Files.writeString(architecture, SmallNetwork.YAML);
        System.out.println("The network, a line a stage (repeats, kernel, stride, expansion, channels in and out):\n\n"
                + SmallNetwork.YAML.indent(2));

        // Options are typed; what is not set has a default, and a wrong value is told with all others at once.
        ImageTraining training = ImageTraining.prepare(TrainingOptions.builder()
                .set(RunOptions.MODEL, architecture.toString())
                .set(DataOptions.SOURCE, given.text("--data"))
                .set(DataOptions.SIZE, 32)
                .set(DataOptions.BATCH, 16)
                .set(RunOptions.EPOCHS, given.number("--epochs", 1))
                .set(OptimizerOptions.LEARNING_RATE, 0.01)
                // A short run has no time to learn by heart, so it needs none of what keeps a long one from it.
                .set(DataOptions.AUGMENTATION, Augmentation.NONE)
                .set(RegularizationOptions.LABEL_SMOOTHING, 0.0)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.0));
        System.out.println(ClassCounts.of(training.data()).line());

        TrainingRun run = TrainingRun.overwrite(directory.resolve("run"), training.options());
        TrainingResult result =
                training.trainer(run).listener(new EpochLines("  ")).train();

        EvaluationResult heldOut = evaluate(run.modelFile(), training.data().validation());
        System.out.printf(
                Locale.ROOT,
                "Read back from %s: right on %.1f %% of %,d held-out images; chance is %.1f %%.%n"
                        + "Beside it: config.yaml (run it again), metrics.csv (a row an epoch), checkpoints/ (resume).%n",
                run.modelFile(),
                100 * heldOut.top1(),
                heldOut.examples(),
                100.0 / heldOut.labels().size());
        return new Result(result, heldOut);
    }

    /** Reads a model file, which says how its images are to be prepared, and scores it. */
    private static EvaluationResult evaluate(Path file, ImageSource images) {
        ModelFile model = ModelFile.read(file);
        Preprocessing preprocessing = model.metadata().preprocessing();
        ImagePipeline pipeline = ImagePipeline.builder(images)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return new Evaluator(model.graph(), model.metadata().labels()).evaluate(batches);
        }
    }
}
