package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.run.TrainingRun;

/** A run with everything that a checkpoint must hold, in a JVM of its own; tells every step on standard output. */
final class ChildTraining {
    private static final String MODEL = """
            name: child
            size: 24
            stem: 4
            blocks:
              - r2_k3_s1_e1_i4_o4_c1
              - r1_k3_s2_e2_i4_o8_se0.25
              - r2_k3_s1_e2_i8_o8_se0.25
            head: 16
            """;

    private ChildTraining() {}

    /** Starts the run, or goes on with the one in the directory that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path model = directory.resolveSibling("child.yaml");
        if (!Files.exists(model)) {
            Files.writeString(model, MODEL);
        }
        ImageTraining training = ImageTraining.prepare(options(model));
        TrainingRun run = Files.exists(directory.resolve("config.yaml"))
                ? TrainingRun.resume(directory, training.options())
                : TrainingRun.overwrite(directory, training.options());
        training.trainer(run)
                .listener(new ProgressListener() {
                    @Override
                    public void stepDone(StepProgress step) {
                        System.out.println("step " + step.step());
                    }
                })
                .train();
        System.out.println("end");
    }

    private static TrainingOptionsBuilder options(Path model) {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, model.toString())
                .set(DataOptions.SOURCE, "shapes:80")
                .set(DataOptions.SIZE, 24)
                .set(DataOptions.BATCH, 8)
                .set(RunOptions.EPOCHS, 6)
                .set(DataOptions.WORKERS, 1)
                .set(OptimizerOptions.ALGORITHM, Optimizer.RMSPROP)
                .set(OptimizerOptions.LEARNING_RATE, 0.01)
                .set(RegularizationOptions.DROPOUT, 0.3)
                .set(ProgressiveOptions.MODE, ProgressiveMode.PAPER)
                .set(ProgressiveOptions.PHASES, 3)
                .set(ProgressiveOptions.MIN_SIZE, 12)
                .set(ProgressiveOptions.MIN_DROP_CONNECT_RATE, 0.1)
                .set(ValidationOptions.AVERAGING_DECAY, 0.99)
                .set(OptimizerOptions.ACCUMULATE, 3)
                .set(OptimizerOptions.CLIP_NORM, 1.0)
                .set(ValidationOptions.RECALIBRATE, 2);
    }
}
