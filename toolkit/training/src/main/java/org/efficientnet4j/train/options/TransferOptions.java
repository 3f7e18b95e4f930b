package org.efficientnet4j.train.options;

import java.util.Optional;
import org.efficientnet4j.weights.names.WeightSource;

/** Options of what a run takes over from a trained network; {@code transfer} in config.yaml. */
public final class TransferOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.TRANSFER);

    /** The stage that stands for all of the network but its classifier. */
    private static final String HEAD = "head";

    /**
     * Trained weights: a model file (.zip), a file of another library's weights, or an address of one as
     * {@link org.efficientnet4j.weights.WeightLocation} has it; unset for a network drawn at random.
     */
    public static final TrainingOption<String> INIT = TABLE.option("transfer.init", OptionType.TEXT)
            .flag("FILE", "--init")
            .help("Start from trained weights: a model.zip, or a .safetensors, .pth, .pt or .h5 file, or an address"
                    + " https://...#sha256=... of one.")
            .range(Range.notBlank())
            .unset("random weights")
            .voids(() -> TransferOptions.SHA256)
            .add();

    /** SHA-256 of that file, in hexadecimal digits. */
    public static final TrainingOption<String> SHA256 = TABLE.option("transfer.sha256", OptionType.TEXT)
            .help("SHA-256 of the trained weights, to be checked against the file.")
            .unset("the file's")
            .add();

    /** Library whose weights they are; unset for a model file. */
    public static final TrainingOption<WeightSource> SOURCE = TABLE.option(
                    "transfer.source", OptionType.of(WeightSource.class))
            .flag("LIBRARY", "--source")
            .help(
                    "With --init: whose weights they are, torchvision, timm, keras or efficientnet-pytorch (auto: told by their"
                            + " names).")
            .unset("told by the tensors' names")
            .add();

    /**
     * The last stage that does not learn, {@code stem}, {@code stage1}, ..., {@code head} (all but the classifier):
     * neither weights nor batch-norm statistics of it and those before change.
     */
    public static final TrainingOption<String> FREEZE_UNTIL = TABLE.option("transfer.freezeUntil", OptionType.TEXT)
            .flag("STAGE", "--freeze-until")
            .help("With --init: the last stage that does not learn: stem, stage1 and so on as in 'effnet summary', head"
                    + " (all but the classifier).")
            .range(Range.notBlank())
            .unset("all stages learn")
            .add();

    /** Epochs after which one more stage learns, the last frozen one first; 0 for never. */
    public static final TrainingOption<Integer> UNFREEZE_EVERY = TABLE.option(
                    "transfer.unfreezeEvery", OptionType.INTEGER)
            .flag("K", "--unfreeze-every")
            .help("With --freeze-until: every K epochs one stage more learns, the last frozen one first; 0 for never.")
            .range(Range.atLeast(0))
            .byDefault(0)
            .usedIf(settings -> settings.find(FREEZE_UNTIL).isPresent())
            .add();

    /**
     * Factor by which each stage learns slower than the one behind it; the classifier learns at the full rate. Source:
     * arXiv 1801.06146, section 3.2, "discriminative fine-tuning".
     */
    public static final TrainingOption<Double> LAYER_LEARNING_RATE_DECAY = TABLE.option(
                    "transfer.layerLearningRateDecay", OptionType.NUMBER)
            .flag("X", "--layer-lr-decay")
            .help("Each stage's learning rate as a share of that of the one behind it, e.g. 0.7.")
            .range(Range.factor())
            .byDefault(1.0)
            .usedIf(settings ->
                    settings.find(INIT).isPresent() || settings.isSet(TransferOptions.LAYER_LEARNING_RATE_DECAY))
            .add();

    /** Origin of the classifier's weights. */
    public static final TrainingOption<ClassifierStart> CLASSIFIER = TABLE.option(
                    "transfer.classifier", OptionType.of(ClassifierStart.class))
            .flag("NAME", "--init-classifier")
            .help("With --init: drawn (anew), kept (the trained one; the classes must be the same), or by-name (rows of"
                    + " classes of the same name are taken over, others drawn).")
            .unset("kept where the classes are the same, in name and order, else drawn")
            .add();

    private TransferOptions() {}

    /** True if any trained weight learns in some epoch; false where the classifier alone does throughout. */
    static boolean movesTrainedWeights(Settings settings) {
        boolean classifierOnly =
                settings.find(FREEZE_UNTIL).filter(HEAD::equals).isPresent()
                        && settings.find(UNFREEZE_EVERY).orElse(0) == 0;
        return settings.find(INIT).isPresent() && !classifierOnly;
    }

    /** True if parts of the network learn differently. */
    public static boolean isStaged(TrainingOptions options) {
        return options.find(FREEZE_UNTIL).isPresent() || layerDecay(options) < 1;
    }

    /** Epochs after which one more stage learns; 0 for never. */
    public static int unfreezeEvery(TrainingOptions options) {
        return options.find(UNFREEZE_EVERY).orElse(0);
    }

    /** Factor by which each stage learns slower than the one behind it. */
    public static double layerDecay(TrainingOptions options) {
        return Optional.of(options)
                .flatMap(all -> all.find(LAYER_LEARNING_RATE_DECAY))
                .orElse(1.0);
    }
}
