package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Trains a small EfficientNetV2 of one's own, written in the published block notation, on generated pictures of ten figures:
 * the architecture as a file, the options as code, a run directory as the result. Needs no data and about a minute.
 */
public final class TrainOnShapes {
    /** Three stages on 48 pixels: two Fused-MBConv, then MBConv with squeeze-excite. */
    static final String ARCHITECTURE = """
            name: small
            size: 48
            stem: 24
            blocks:
              - r1_k3_s1_e1_i24_o24_c1
              - r1_k3_s2_e4_i24_o48_c1
              - r2_k3_s2_e4_i48_o96_se0.25
            head: 256
            dropout: 0.1
            """;

    private TrainOnShapes() {}

    /**
     * What came out.
     *
     * @param training how the run ended, and where its files are
     * @param heldOut what the model file scores on pictures the network was not trained on
     */
    public record Result(TrainingResult training, EvaluationResult heldOut) {}

    /** Trains on 4000 pictures for 4 epochs into the directory named by the first argument (default runs/shapes). */
    public static void main(String[] args) throws IOException {
        Result result = run(Path.of(args.length > 0 ? args[0] : "runs/shapes"), 4000, 4);
        System.out.printf(
                Locale.ROOT,
                "Right on %.1f %% of the pictures held out; chance is %.1f %%. The model: %s%n",
                100 * result.heldOut().top1(),
                100.0 / result.heldOut().labels().size(),
                result.training().directory().resolve("model.zip"));
    }

    /**
     * Trains and scores.
     *
     * @param directory new or empty; the architecture and the run go into it
     * @param pictures to paint, a fifth of which is held out
     * @param epochs passes over the others
     */
    public static Result run(Path directory, int pictures, int epochs) throws IOException {
        Path architecture = Files.createDirectories(directory).resolve("small.yaml");
        Files.writeString(architecture, ARCHITECTURE);
        ImageTraining training = ImageTraining.prepare(TrainingOptions.builder()
                .set(RunOptions.MODEL, architecture.toString())
                .set(DataOptions.SOURCE, "shapes:" + pictures)
                .set(DataOptions.SIZE, 48)
                .set(RunOptions.EPOCHS, epochs)
                .set(OptimizerOptions.LEARNING_RATE, 0.01));
        TrainingRun run = TrainingRun.create(directory.resolve("run"), training.options());
        TrainingResult result = training.trainer(run).train();
        return new Result(result, evaluate(run.modelFile(), training.data().validation()));
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
