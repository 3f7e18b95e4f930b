package org.efficientnet4j.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.progressive.ProgressiveMode;

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
                .model(model.toString())
                .source("shapes:80")
                .size(24)
                .batch(8)
                .epochs(6)
                .workers(1)
                .optimizer(Optimizer.RMSPROP)
                .learningRate(0.01)
                .dropout(0.3)
                .progressive(ProgressiveMode.PAPER)
                .stages(3)
                .minSize(12)
                .minDropConnectRate(0.1)
                .averagingDecay(0.99)
                .accumulate(3)
                .clipNorm(1)
                .recalibrate(2);
    }
}
