package org.efficientnet4j.examples;

import java.nio.file.Path;
import java.util.Locale;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Teaches a trained network the classes of one's own photographs, a sub-folder each: the new classifier alone at first, then
 * one stage more every epoch, from the last one on, the earlier the slower.
 */
public final class FineTuneOnAFolder {
    private FineTuneOnAFolder() {}

    /**
     * What came out.
     *
     * @param training how the run ended, and where its files are
     * @param start where its weights came from, as the model file says
     */
    public record Result(TrainingResult training, String start) {}

    /** Arguments: the model, a file of trained weights, the folder of photographs, a folder for the run. */
    public static void main(String[] args) {
        if (args.length != 4) {
            System.err.println("Give MODEL WEIGHTS PHOTOS OUT, e.g. efficientnet_b0 b0.safetensors photos runs/tuned");
            return;
        }
        Result result = run(options(args[0], args[1], args[2]).set(RunOptions.EPOCHS, 8), Path.of(args[3]));
        System.out.printf(
                Locale.ROOT,
                "Right on %.1f %% of the photographs held out. Started from %s.%nThe model: %s%n",
                100 * result.training().best().orElseThrow().top1(),
                result.start(),
                result.training().directory().resolve("model.zip"));
    }

    /**
     * What is the same for all photographs; the learning rate is the default of fine-tuning.
     *
     * @param model name or file of the architecture
     * @param weights a model file, or torchvision's, timm's or Keras's weights
     * @param photographs a folder with a sub-folder for each class
     */
    static TrainingOptionsBuilder options(String model, String weights, String photographs) {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, model)
                .set(TransferOptions.INIT, weights)
                .set(DataOptions.SOURCE, photographs)
                .set(TransferOptions.FREEZE_UNTIL, "head")
                .set(TransferOptions.UNFREEZE_EVERY, 1)
                .set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.7);
    }

    /**
     * Trains.
     *
     * @param options complete but for what the images decide
     * @param directory new or empty
     */
    static Result run(TrainingOptionsBuilder options, Path directory) {
        ImageTraining training = ImageTraining.prepare(options);
        TrainingRun run = TrainingRun.create(directory, training.options());
        TrainingResult result = training.trainer(run).train();
        return new Result(
                result,
                ModelFile.readMetadata(run.modelFile())
                        .provenance()
                        .orElseThrow()
                        .start());
    }
}
