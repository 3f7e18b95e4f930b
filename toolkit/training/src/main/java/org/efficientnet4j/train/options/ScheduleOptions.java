package org.efficientnet4j.train.options;

/**
 * Options of the learning rate from step to step; {@code schedule} in config.yaml. It rises linearly to its peak during
 * warm-up and then falls.
 */
public final class ScheduleOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.SCHEDULE);

    private static final double LONGEST_WARMUP = 5;

    /** Shape of the fall. */
    public static final TrainingOption<LearningRateShape> SHAPE = TABLE.option(
                    "schedule.name", OptionType.of(LearningRateShape.class))
            .flag("NAME", "--schedule")
            .help("Fall of the learning rate after warm-up: cosine, exponential (stairs) or constant. With --resume and"
                    + " more --epochs: extend (one schedule over all epochs) or restart (a new one from the old end).")
            .byDefault(LearningRateShape.COSINE)
            .add();

    /** Length of the rise in epochs, may be fractional. */
    public static final TrainingOption<Double> WARMUP_EPOCHS = TABLE.option("schedule.warmupEpochs", OptionType.NUMBER)
            .flag("X", "--warmup-epochs")
            .help("Epochs over which the learning rate rises to its peak.")
            .range(Range.notNegative())
            .byDefault(
                    "a tenth of the epochs, at most 5",
                    settings -> Math.min(LONGEST_WARMUP, settings.get(RunOptions.EPOCHS) / 10.0))
            .add();

    /** Factor of each stair of {@link LearningRateShape#EXPONENTIAL}. */
    public static final TrainingOption<Double> DECAY_RATE = TABLE.option("schedule.decayRate", OptionType.NUMBER)
            .flag("X", "--decay-rate")
            .help("Factor of each stair of the exponential schedule.")
            .range(Range.factor())
            .byDefault(0.97)
            .add();

    /** Length of each stair in epochs, may be fractional; stairs are counted from the schedule's start. */
    public static final TrainingOption<Double> DECAY_EPOCHS = TABLE.option("schedule.decayEpochs", OptionType.NUMBER)
            .flag("X", "--decay-epochs")
            .help("Epochs of each stair of the exponential schedule.")
            .range(Range.positive())
            .byDefault(2.4)
            .add();

    /** Completed epochs after which the schedule began anew, in a run that was given more epochs; 0 for never. */
    public static final TrainingOption<Integer> RESTART_EPOCH = TABLE.option(
                    "schedule.restartEpoch", OptionType.INTEGER)
            .help("Completed epochs after which the schedule began anew; written by --schedule restart.")
            .range(Range.atLeast(0))
            .byDefault(0)
            .silentByDefault()
            .add();

    private ScheduleOptions() {}
}
