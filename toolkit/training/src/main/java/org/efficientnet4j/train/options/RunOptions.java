package org.efficientnet4j.train.options;

import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.plan.Padding;

/** Options of the run as a whole: keys of config.yaml that stand outside every group. */
public final class RunOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.SCHEDULE);

    /** Name of a catalogue's model, or path of an architecture's YAML file. */
    public static final TrainingOption<String> MODEL = TABLE.option("model", OptionType.TEXT)
            .in(OptionGroup.DATA)
            .parameter("MODEL")
            .help("The network: a name of 'effnet models', or an architecture file (.yaml).")
            .range(Range.notBlank())
            .required("name one, such as efficientnet_v2_b0")
            .add();

    /** Passes over the training images. */
    public static final TrainingOption<Integer> EPOCHS = TABLE.option("epochs", OptionType.INTEGER)
            .flag("N", "--epochs")
            .help("Passes over the training images.")
            .range(Range.atLeast(1))
            .byDefault("10, or the sum of progressive.plan", settings -> settings.given(ProgressiveOptions.PLAN)
                    .map(PhasePlan::epochs)
                    .orElse(10))
            .add();

    /** Seed of everything drawn by chance. */
    public static final TrainingOption<Long> SEED = TABLE.option("seed", OptionType.LONG)
            .flag("N", "--seed")
            .help("Seed of weights, order, augmentation and dropout.")
            .byDefault(42L)
            .add();

    /** Epochs from one checkpoint to the next. */
    public static final TrainingOption<Integer> CHECKPOINT_EVERY = TABLE.option("checkpointEvery", OptionType.INTEGER)
            .in(OptionGroup.OUTPUT)
            .flag("N", "--checkpoint-every")
            .help("Epochs from one checkpoint to the next.")
            .range(Range.atLeast(1))
            .byDefault(1)
            .mayChange()
            .add();

    /** Number of the latest checkpoints that are kept, besides the best. */
    public static final TrainingOption<Integer> KEEP_CHECKPOINTS = TABLE.option("keepCheckpoints", OptionType.INTEGER)
            .in(OptionGroup.OUTPUT)
            .flag("N", "--keep-checkpoints")
            .help(
                    "Latest checkpoints to keep, besides the best: with 2, a run goes on from the one before where the last is"
                            + " damaged.")
            .range(Range.atLeast(1))
            .byDefault(2)
            .mayChange()
            .add();

    /** Activations that the backward pass computes again, which changes results by rounding alone. */
    public static final TrainingOption<ActivationCheckpointing> CHECKPOINT_ACTIVATIONS = TABLE.option(
                    "checkpointActivations", OptionType.of(ActivationCheckpointing.class))
            .in(OptionGroup.OPTIMISER)
            .flag("WHAT", "--checkpoint-activations")
            .bare("blocks")
            .help("Train with less memory, computing more: blocks (when given without a value) computes whole blocks"
                    + " again in the backward pass, cheap only the layers that cost little time.")
            .byDefault(ActivationCheckpointing.OFF)
            .mayChange()
            .add();

    /** Zero padding of the convolutions whose padding adapts to their kernel. */
    public static final TrainingOption<Padding> PADDING = TABLE.option(
                    "padding", OptionType.of(RunOptions::padding, RunOptions::text, "one of same, symmetric"))
            .in(OptionGroup.TRANSFER)
            .flag("NAME", "--padding")
            .help("Zeros around an image at stride 2: same (TensorFlow's, the odd one at the end) or symmetric"
                    + " (PyTorch's).")
            .unset("the model's; with --init the trained network's")
            .add();

    private RunOptions() {}

    private static Optional<Padding> padding(String text) {
        return Padding.ADAPTING.stream()
                .filter(rule -> text(rule).equalsIgnoreCase(text))
                .findFirst();
    }

    private static String text(Padding padding) {
        return padding.toString().toLowerCase(Locale.ROOT);
    }
}
