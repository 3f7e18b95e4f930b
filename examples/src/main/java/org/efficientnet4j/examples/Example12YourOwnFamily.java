package org.efficientnet4j.examples;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.export.OnnxExport;
import org.efficientnet4j.export.OnnxExport.Output;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * A block and a family of one's own, {@link MixedKernels}: once its plan is written down, it is found by name, costed, trained,
 * fine-tuned, saved and exported as the toolkit's own are.
 */
public final class Example12YourOwnFamily {
    static final Flags FLAGS = Flags.of(
                    "12 your-own-family",
                    "Finds the family MixedKernels, which lies beside this program, by name, reads its cost by section, trains",
                    "it, reads its model file and exports it. examples/.../MixedKernels.java is the whole family.",
                    "Expect 50 to 90 % of the held-out pictures right (chance: 10 %) in 30 to 120 seconds,",
                    "with --quick 40 to 65 % in 8 to 60.")
            .with(
                    "--model",
                    "NAME",
                    "mixed_kernels_small",
                    "mixed_kernels_tiny",
                    "one of the family, or any other model")
            .with("--data", "SOURCE", "shapes:4000", "shapes:2500", "what to learn from, as 'effnet train' takes it")
            .with("--epochs", "N", "6", "4", "passes over the training images")
            .with("--out", "DIR", "runs/12", "folder of the run; an earlier one is replaced")
            .inOrder("--model");

    private Example12YourOwnFamily() {}

    /**
     * Result of the run.
     *
     * @param model the network
     * @param cost counted from its plan
     * @param training how the run ended
     * @param readBack the network that the model file describes
     * @param onnx the network as ONNX
     */
    public record Result(
            ModelDefinition model, ModelCost cost, TrainingResult training, ModelDefinition readBack, Path onnx) {}

    /** Trains one of the family. */
    public static void main(String[] args) {
        FLAGS.read(args).ifPresent(Example12YourOwnFamily::run);
    }

    static Result run(Given given) {
        ModelDefinition model = given.model("--model"); // by the service file, as any other
        System.out.println("Families on the class path: "
                + Families.all().stream().map(Family::title).collect(Collectors.joining(", ")));
        ImageTraining training =
                ImageTraining.prepare(SmallNetwork.options(given.text("--data"), 32, given.number("--epochs", 1))
                        .set(RunOptions.MODEL, model.name())
                        .set(DataOptions.AUGMENTATION, Augmentation.NONE));
        int classes = training.data().train().labels().size();
        ModelCost cost = model.cost(classes);
        System.out.printf(
                "%s: %,d trainable parameters, %,d multiply-accumulates at %d px%n",
                model.name(), cost.trainableParameters(), cost.macs(), model.evalSize());
        for (Section section : model.plan(PlanSettings.classes(classes)).sections()) {
            System.out.printf(
                    "  %-10s  %-14s  %d %-6s  %,8d parameters%n",
                    section.name(),
                    section.operator(),
                    section.blocks().size(),
                    section.blocks().size() == 1 ? "block" : "blocks",
                    section.trainableParameters());
        }

        Path out = Path.of(given.text("--out"));
        TrainingRun run = TrainingRun.overwrite(out.resolve("run"), training.options());
        TrainingResult result =
                training.trainer(run).listener(new EpochLines("  ")).train();
        ModelFile file = ModelFile.read(run.modelFile());
        Path onnx = out.resolve("model.onnx");
        OnnxExport.write(file, Output.LOGITS, onnx);
        System.out.printf(
                Locale.ROOT,
                "Right on %.1f %% of the held-out images. The model file holds the plan (%s), and so does %s.%n",
                100 * result.best().orElseThrow().top1(),
                file.metadata().model().name(),
                onnx);
        return new Result(model, cost, result, file.metadata().model(), onnx);
    }
}
