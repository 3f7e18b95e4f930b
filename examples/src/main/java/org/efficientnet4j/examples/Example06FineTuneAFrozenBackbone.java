package org.efficientnet4j.examples;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Goes on from a trained network to classes it has never seen: a new classifier on a frozen backbone, then one stage more
 * every epoch from the last one on, the earlier the slower; beside it the same network from scratch.
 */
public final class Example06FineTuneAFrozenBackbone {
    static final Flags FLAGS = Flags.of(
                    "06 fine-tune-a-frozen-backbone",
                    "Without arguments: trains a backbone on five figures, then learns the five others from few pictures, with",
                    "the backbone frozen, thawed stage by stage, and from scratch.",
                    "Expect the thawed one ahead of the others, the frozen one the quickest; every frozen weight the same bit",
                    "for bit. Takes 1 to 4 minutes, with --quick 15 to 90 seconds.",
                    "With a model and weights of torchvision, timm or Keras it fine-tunes these on your photographs.")
            .with("--model", "NAME", "", "the architecture of the weights; the small network if left out")
            .with("--init", "FILE", "", "trained weights: a model.zip, .safetensors, .pth or .h5")
            .with("--data", "SOURCE", "classes:5-9:shapes:2000", "the new classes")
            .with("--out", "DIR", "runs/06", "folder of the runs; earlier ones are replaced")
            .with("--size", "N", "32", "image height and width in pixels")
            .with("--epochs", "N", "10", "5", "epochs of each way")
            .inOrder("--model", "--init", "--data", "--out");

    private Example06FineTuneAFrozenBackbone() {}

    /**
     * A way to learn the new classes.
     *
     * @param top1 share of the held-out images it has right
     * @param seconds of training
     * @param start where its weights came from and what of it learnt, as the model file says
     * @param stemMoved the largest change of a weight of the stem
     */
    public record Way(double top1, double seconds, String start, double stemMoved) {}

    /**
     * Result of the run.
     *
     * @param frozen new classifier alone
     * @param thawed a stage more every epoch
     * @param fromScratch from random weights; empty where weights were given
     */
    public record Result(Way frozen, Way thawed, Optional<Way> fromScratch) {}

    /** Trains all ways. */
    public static void main(String[] args) {
        FLAGS.read(args).ifPresent(Example06FineTuneAFrozenBackbone::run);
    }

    static Result run(Given given) {
        Path out = Path.of(given.text("--out"));
        boolean own = given.has("--init");
        if (own != given.has("--model")) {
            throw new InvalidInputException("--init and --model go together, found one alone: name both, e.g. --model"
                    + " efficientnet_b0 --init b0.safetensors, or none");
        }
        ModelDefinition model = own ? given.model("--model") : SmallNetwork.model();
        Path weights = own ? Path.of(given.text("--init")) : backbone(given, model, out.resolve("backbone"));

        TrainingOptionsBuilder fineTuning = options(given).set(TransferOptions.INIT, weights.toString());
        System.out.println("\nA new classifier, everything before it frozen:");
        Way frozen = train(
                fineTuning.copy().set(TransferOptions.FREEZE_UNTIL, "head"), model, weights, out.resolve("frozen"));
        System.out.println(
                "\nThe same, but one stage more learns every epoch, each at 0.7 times the rate of the next:");
        Way thawed = train(
                fineTuning
                        .copy()
                        .set(TransferOptions.FREEZE_UNTIL, "head")
                        .set(TransferOptions.UNFREEZE_EVERY, 1)
                        .set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.7)
                        .set(OptimizerOptions.LEARNING_RATE, own ? 0.001 : 0.005),
                model,
                weights,
                out.resolve("thawed"));
        Optional<Way> scratch = Optional.empty();
        if (!own) {
            System.out.println("\nFrom scratch, to compare:");
            scratch = Optional.of(train(options(given), model, weights, out.resolve("scratch")));
        }
        System.out.println("\n              right    training   largest change of a stem weight");
        print("frozen", frozen);
        print("thawed", thawed);
        scratch.ifPresent(way -> print("from scratch", way));
        System.out.println("The frozen run's model file says: " + frozen.start());
        return new Result(frozen, thawed, scratch);
    }

    /** A network that knows the other five figures. */
    private static Path backbone(Given given, ModelDefinition model, Path directory) {
        System.out.println("The backbone, trained on the figures 0 to 4:");
        TrainingOptionsBuilder options = SmallNetwork.options(
                        given.quick() ? "classes:0-4:shapes:4000" : "classes:0-4:shapes:8000",
                        given.number("--size", 32),
                        given.quick() ? 3 : 5)
                .set(DataOptions.AUGMENTATION, Augmentation.NONE);
        ImageTraining training = ImageTraining.prepare(options, model);
        TrainingRun run = TrainingRun.overwrite(directory, training.options());
        training.trainer(run).listener(new EpochLines("  ")).train();
        return run.modelFile();
    }

    /** Training options shared by all ways of fine-tuning. */
    private static TrainingOptionsBuilder options(Given given) {
        TrainingOptionsBuilder options =
                SmallNetwork.options(given.text("--data"), given.number("--size", 32), given.number("--epochs", 1));
        return given.has("--data")
                ? options
                : options.set(DataOptions.AUGMENTATION, Augmentation.NONE)
                        .set(DataOptions.VALIDATION_FRACTION, 0.75); // few to learn from, many to judge by
    }

    private static Way train(TrainingOptionsBuilder options, ModelDefinition model, Path weights, Path directory) {
        ImageTraining training = ImageTraining.prepare(options, model);
        TrainingRun run = TrainingRun.overwrite(directory, training.options());
        TrainingResult result =
                training.trainer(run).listener(new EpochLines("  ")).train();
        ModelFile file = ModelFile.read(run.modelFile());
        return new Way(
                result.best().orElseThrow().top1(),
                result.seconds(),
                file.metadata().provenance().orElseThrow().start(),
                stemMoved(file.graph(), weights));
    }

    /** NaN where the weights are not a model file of ours, whose stem could be compared. */
    private static double stemMoved(ComputationGraph network, Path weights) {
        if (!weights.toString().endsWith(".zip")) {
            return Double.NaN;
        }
        INDArray before = ModelFile.read(weights).graph().getParam("stem_W");
        return network.getParam("stem_W").sub(before).amaxNumber().doubleValue();
    }

    private static void print(String name, Way way) {
        System.out.printf(
                Locale.ROOT,
                "%-12s %5.1f %%  %7.1f s   %s%n",
                name,
                100 * way.top1(),
                way.seconds(),
                Double.isNaN(way.stemMoved()) ? "" : String.format(Locale.ROOT, "%.4f", way.stemMoved()));
    }
}
