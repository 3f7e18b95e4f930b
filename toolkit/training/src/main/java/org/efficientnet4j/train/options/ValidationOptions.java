package org.efficientnet4j.train.options;

/**
 * Options of what is judged, when, and when training gives up; {@code averaging} and {@code validation} in config.yaml.
 * The best epoch is the one of the highest top-1, the lower loss deciding between equals.
 */
public final class ValidationOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.SCHEDULE);

    /**
     * Weight of the old average of weights and batch-norm statistics that is validated and saved in place of the latest
     * weights, as published .9999; 0 for no average. The first steps use less: {@code min(decay, (1 + step) / (10 +
     * step))}, so that a short run's average does not remember its random start.
     */
    public static final TrainingOption<Double> AVERAGING_DECAY = TABLE.option("averaging.decay", OptionType.NUMBER)
            .in(OptionGroup.OPTIMISER)
            .flag("X", "--ema")
            .help("Decay of the weights' moving average, which is judged and saved, e.g. 0.9999; 0 for none.")
            .range(Range.rate())
            .byDefault(0.0)
            .add();

    /** Epochs from one validation to the next; the last epoch is always validated. */
    public static final TrainingOption<Integer> EVERY = TABLE.option("validation.every", OptionType.INTEGER)
            .flag("N", "--validate-every")
            .help("Epochs from one validation to the next.")
            .range(Range.atLeast(1))
            .byDefault(1)
            .add();

    /** Validations without a better one after which training stops; 0 for never. */
    public static final TrainingOption<Integer> PATIENCE = TABLE.option("validation.patience", OptionType.INTEGER)
            .flag("N", "--patience")
            .help("Validations without a better one after which training stops; 0 for never.")
            .range(Range.atLeast(0))
            .byDefault(0)
            .mayChange()
            .add();

    /** The epoch whose weights become the run's model file. */
    public static final TrainingOption<KeptEpoch> KEEP = TABLE.option("validation.keep", OptionType.of(KeptEpoch.class))
            .flag("EPOCH", "--keep")
            .help("The epoch whose weights become model.zip: best (of the validations) or last, which no held-out image"
                    + " has chosen.")
            .byDefault(KeptEpoch.BEST)
            .silentByDefault()
            .add();

    /** Training batches over which batch norm's statistics are measured anew before each validation. */
    public static final TrainingOption<Integer> RECALIBRATE = TABLE.option("validation.recalibrate", OptionType.INTEGER)
            .flag("N", "--recalibrate")
            .help("Batches on which batch-norm statistics are measured anew before each validation; 0 for the running"
                    + " ones.")
            .range(Range.atLeast(0))
            .byDefault(0)
            .add();

    private ValidationOptions() {}

    /** True if an epoch, counted from 1, ends with a validation; the last one always does. */
    public static boolean isDue(TrainingOptions options, int epoch, int epochs) {
        return epoch % options.get(EVERY) == 0 || epoch == epochs;
    }

    /** Number of validations after so many completed epochs. */
    public static long from(TrainingOptions options, int completed, int epochs) {
        int every = options.get(EVERY);
        return (epochs - completed + every - 1L) / every;
    }
}
