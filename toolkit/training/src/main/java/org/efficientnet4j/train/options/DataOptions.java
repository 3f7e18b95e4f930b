package org.efficientnet4j.train.options;

import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.train.progressive.ProgressiveRange;

/** Options of the images and of how they are read; {@code data} in config.yaml. */
public final class DataOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.DATA);

    private static final int MOST_WORKERS = 8;

    /** Place of the images, as the command line writes it. */
    public static final TrainingOption<String> SOURCE = TABLE.option("data.source", OptionType.TEXT)
            .flag("SOURCE", "--data")
            .help("The images: a directory, cifar10:DIR, cifar100:DIR, csv:FILE:DIR or shapes[:N].")
            .range(Range.notBlank())
            .required("give a directory, cifar10:DIR, csv:FILE:DIR or shapes")
            .add();

    /** Share of the images held out where the source has no validation part. */
    public static final TrainingOption<Double> VALIDATION_FRACTION = TABLE.option(
                    "data.validationFraction", OptionType.NUMBER)
            .flag("X", "--validation-fraction")
            .help("Share held out where the source has no validation part.")
            .range(Range.properFraction())
            .byDefault(0.2)
            .add();

    /** Rule by which these images are chosen. */
    public static final TrainingOption<SplitRule> SPLIT = TABLE.option("data.split", OptionType.of(SplitRule.class))
            .help(
                    "Choice of the images held out: hash (by each image's name, so that others may come and go) or shuffle"
                            + " (exact shares, as runs of earlier versions have them).")
            .byDefault(SplitRule.HASH)
            .add();

    /** Number of classes, which the source's labels tell. */
    public static final TrainingOption<Integer> CLASSES = TABLE.option("data.classes", OptionType.INTEGER)
            .help("Number of classes, to be checked against the source's.")
            .range(Range.atLeast(2))
            .required("the data's labels tell it")
            .add();

    /** Training image size in pixels; a progressive run's last. */
    public static final TrainingOption<Integer> SIZE = TABLE.option("data.size", OptionType.INTEGER)
            .flag("N", "--size")
            .help("Training image height and width in pixels; a progressive run's last.")
            .range(Range.atLeast(1))
            .byDefault("the model's; 64 for CIFAR and shapes", settings -> ProgressiveDefaults.range(settings)
                    .map(ProgressiveRange::maxSize)
                    .orElseGet(() -> ProgressiveDefaults.lastPlanned(settings)
                            .orElseGet(() -> settings.model().trainSize())))
            .completed((size, settings) ->
                    ProgressiveDefaults.lastPlanned(settings).orElse(size))
            .add();

    /** Validation image size in pixels. */
    public static final TrainingOption<Integer> EVALUATION_SIZE = TABLE.option(
                    "data.evaluationSize", OptionType.INTEGER)
            .flag("N", "--eval-size")
            .help("Validation image height and width in pixels.")
            .range(Range.atLeast(1))
            .byDefault(
                    "the training size if that is set, else the model's",
                    settings -> settings.isSet(SIZE) || settings.isSet(ProgressiveOptions.PLAN)
                            ? settings.get(SIZE)
                            : (Integer) settings.model().evalSize())
            .add();

    /** Side of the evaluation's centre crop as a share of the resized image's. */
    public static final TrainingOption<Double> CROP_FRACTION = TABLE.option("data.cropFraction", OptionType.NUMBER)
            .flag("X", "--crop-fraction")
            .help("Side of the evaluation's centre crop as a share of the resized image's.")
            .range(Range.factor())
            .byDefault("0.875; 1 for CIFAR and shapes", settings -> 0.875)
            .add();

    /** Images a batch. */
    public static final TrainingOption<Integer> BATCH = TABLE.option("data.batch", OptionType.INTEGER)
            .flag("N", "--batch")
            .help("Images a batch; a progressive run's last.")
            .range(Range.atLeast(1))
            .byDefault(32)
            .add();

    /** Images an epoch has; the next goes on where it ended. Unset for all. */
    public static final TrainingOption<Integer> EPOCH_IMAGES = TABLE.option("data.epochImages", OptionType.INTEGER)
            .flag("N", "--epoch-images")
            .help("Images of an epoch, which goes on where the one before it ended: for large data, to be judged more"
                    + " often than once a pass.")
            .range(Range.atLeast(1))
            .unset("all")
            .add();

    /** Frequency with which an epoch visits the images to learn from. */
    public static final TrainingOption<Sampling> SAMPLING = TABLE.option("data.sampling", OptionType.of(Sampling.class))
            .flag("HOW", "--sampling")
            .help(
                    "uniform (every image once an epoch), or balanced: every class equally often, the images of small ones"
                            + " repeatedly, each time augmented anew.")
            .byDefault(Sampling.UNIFORM)
            .silentByDefault()
            .add();

    /** Means and deviations that the network expects of its pixels. */
    public static final TrainingOption<Normalization> NORMALIZATION = TABLE.option(
                    "data.normalization",
                    OptionType.of(NormalizationText::parse, NormalizationText::write, NormalizationText.FORMS))
            .flag("NAME", "--normalization")
            .help("Means and deviations of the pixels.")
            .byDefault("the model's; with --init the trained network's", settings -> settings.model()
                    .normalization())
            .add();

    /** Variation of training images from epoch to epoch. */
    public static final TrainingOption<Augmentation> AUGMENTATION = TABLE.option(
                    "data.augmentation", OptionType.of(Augmentation.class))
            .flag("NAME", "--augmentation")
            .help("Variation of training images: none, standard (a random part, mirrored half of the time), or standard"
                    + " and a policy of AutoAugment.")
            .byDefault(Augmentation.STANDARD)
            .add();

    /** Decoding threads, which never change the pixels. */
    public static final TrainingOption<Integer> WORKERS = TABLE.option("data.workers", OptionType.INTEGER)
            .flag("N", "--workers")
            .help("Decoding threads.")
            .range(Range.atLeast(1))
            .byDefault(
                    "one a processor, at most " + MOST_WORKERS,
                    settings -> Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors()))
            .mayChange()
            .add();

    /** True to stop at an unreadable image, which is skipped otherwise. */
    public static final TrainingOption<Boolean> STRICT = TABLE.option("data.strict", OptionType.FLAG)
            .flag("", "--strict")
            .help("Stop at an unreadable image instead of skipping it.")
            .byDefault(false)
            .add();

    /** Channels of the images that the network sees: 1 grey, 3 RGB, 4 RGB and alpha. */
    public static final TrainingOption<Integer> CHANNELS = TABLE.option("data.channels", OptionType.INTEGER)
            .flag("N", "--channels")
            .help("Channels of the network's input: 1 (luminance), 3 (RGB), or 4 (RGB and alpha, of images that have"
                    + " it).")
            .range(new Range<>("be", "1, 3 or 4", value -> value == 1 || value == 3 || value == 4))
            .byDefault(PlanSettings.RGB)
            .silentByDefault()
            .add();

    private DataOptions() {}
}
