package org.efficientnet4j.train.options;

import org.efficientnet4j.data.augment.RandomErasing;
import org.efficientnet4j.data.augment.RandomErasing.Filling;

/** Options of rectangles erased from training images; {@code erasing} in config.yaml. Source: arXiv 1708.04896. */
public final class ErasingOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.REGULARISATION);

    /** Probability that an image loses a rectangle. */
    public static final TrainingOption<Double> PROBABILITY = TABLE.option("erasing.probability", OptionType.NUMBER)
            .flag("P", "--random-erasing")
            .help("Probability that an image loses a rectangle.")
            .range(Range.fraction())
            .byDefault(0.0)
            .add();

    /** Least share of the image's area. */
    public static final TrainingOption<Double> MIN_AREA = TABLE.option("erasing.minArea", OptionType.NUMBER)
            .flag("X", "--erasing-min-area")
            .help("Least share of the image's area that is erased.")
            .range(Range.fraction())
            .byDefault("0.02", settings -> RandomErasing.USUAL_MIN_AREA)
            .add();

    /** Largest share of the image's area. */
    public static final TrainingOption<Double> MAX_AREA = TABLE.option("erasing.maxArea", OptionType.NUMBER)
            .flag("X", "--erasing-max-area")
            .help("Largest share of the image's area that is erased.")
            .range(Range.fraction())
            .byDefault("1/3", settings -> RandomErasing.USUAL_MAX_AREA)
            .add();

    /** Least height over width. */
    public static final TrainingOption<Double> MIN_RATIO = TABLE.option("erasing.minRatio", OptionType.NUMBER)
            .flag("X", "--erasing-min-ratio")
            .help("Least height over width of what is erased.")
            .range(Range.positive())
            .byDefault("0.3", settings -> RandomErasing.USUAL_MIN_RATIO)
            .add();

    /** Largest height over width. */
    public static final TrainingOption<Double> MAX_RATIO = TABLE.option("erasing.maxRatio", OptionType.NUMBER)
            .flag("X", "--erasing-max-ratio")
            .help("Largest height over width of what is erased.")
            .range(Range.positive())
            .byDefault("1/0.3", settings -> RandomErasing.USUAL_MAX_RATIO)
            .add();

    /** New content of the erased pixels. */
    public static final TrainingOption<Filling> FILLING = TABLE.option("erasing.filling", OptionType.of(Filling.class))
            .flag("NAME", "--erasing-filling")
            .help("New content of the erased pixels: constant (the mean colour) or noise.")
            .byDefault(Filling.CONSTANT)
            .add();

    private ErasingOptions() {}

    /** The operation on batches. */
    public static RandomErasing operation(TrainingOptions options) {
        return new RandomErasing(
                options.get(PROBABILITY),
                options.get(MIN_AREA),
                options.get(MAX_AREA),
                options.get(MIN_RATIO),
                options.get(MAX_RATIO),
                options.get(FILLING));
    }
}
