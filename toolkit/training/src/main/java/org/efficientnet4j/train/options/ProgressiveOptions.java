package org.efficientnet4j.train.options;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveSchedule;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * Options of growing size and regularisation; {@code progressive} in config.yaml. They end at {@code data.size} and
 * {@code regularization}. A run that does not grow by rule has the mode alone, and the plan if that is written down.
 */
public final class ProgressiveOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.PROGRESSIVE);

    private static final String PUBLISHED = "the published range's, else by size";

    /** The rule. */
    public static final TrainingOption<ProgressiveMode> MODE = TABLE.option(
                    "progressive.mode", OptionType.of(ProgressiveMode.class))
            .flag("MODE", "--progressive")
            .help("Grow size and regularisation: paper (Algorithm 1), automl (the released code), off, or explicit"
                    + " (progressive.plan).")
            .byDefault(
                    "off; explicit where there is a plan",
                    settings ->
                            settings.isSet(ProgressiveOptions.PLAN) ? ProgressiveMode.EXPLICIT : ProgressiveMode.OFF)
            .add();

    /** Number of phases. */
    public static final TrainingOption<Integer> PHASES = TABLE.option("progressive.stages", OptionType.INTEGER)
            .flag("N", "--phases", "--stages")
            .help("Phases of a progressive run.")
            .range(Range.atLeast(1))
            .byDefault(
                    ProgressiveSchedule.PUBLISHED_PHASES + ", or the epochs if fewer",
                    settings -> Math.min(ProgressiveSchedule.PUBLISHED_PHASES, settings.get(RunOptions.EPOCHS)))
            .usedIf(ProgressiveDefaults::growsByRule)
            .add();

    /** First image size in pixels. */
    public static final TrainingOption<Integer> MIN_SIZE = TABLE.option("progressive.minSize", OptionType.INTEGER)
            .flag("N", "--min-size")
            .help("First image size in pixels; twice the network's stride (64) or more is advised.")
            .range(Range.atLeast(1))
            .byDefault(
                    "the published range's, else 128/300 of the last, twice the stride or more",
                    settings ->
                            ProgressiveDefaults.range(settings).orElseThrow().minSize())
            .usedIf(ProgressiveDefaults::growsByRule)
            .add();

    /** Dropout at the start. */
    public static final TrainingOption<Double> MIN_DROPOUT =
            minimum("Dropout", "--min-dropout", "Dropout", Range.rate(), Strengths::dropout);

    /** Stochastic depth at the start. */
    public static final TrainingOption<Double> MIN_DROP_CONNECT_RATE = minimum(
            "DropConnectRate",
            "--min-drop-connect",
            "Stochastic depth's drop rate",
            Range.rate(),
            Strengths::dropConnectRate);

    /** RandAugment's magnitude at the start. */
    public static final TrainingOption<Double> MIN_RAND_AUGMENT = minimum(
            "RandAugment", "--min-rand-augment", "RandAugment's magnitude", Range.magnitude(), Strengths::randAugment);

    /** Mixup's alpha at the start. */
    public static final TrainingOption<Double> MIN_MIXUP =
            minimum("Mixup", "--min-mixup", "Mixup's alpha", Range.notNegative(), Strengths::mixup);

    /** Cutmix' alpha at the start. */
    public static final TrainingOption<Double> MIN_CUTMIX =
            minimum("Cutmix", "--min-cutmix", "Cutmix' alpha", Range.notNegative(), Strengths::cutmix);

    /** Pixels to a multiple of which sizes between start and end are rounded. */
    public static final TrainingOption<Integer> SIZE_MULTIPLE = TABLE.option(
                    "progressive.sizeMultiple", OptionType.INTEGER)
            .flag("N", "--size-multiple")
            .help("Round a progressive run's sizes to a multiple of this; 1 for none.")
            .range(Range.atLeast(1))
            .byDefault("1 in a published range, else the network's stride", ProgressiveDefaults::sizeMultiple)
            .usedIf(ProgressiveDefaults::growsByRule)
            .add();

    /** True for larger batches of smaller images. */
    public static final TrainingOption<Boolean> CONSTANT_MEMORY = TABLE.option(
                    "progressive.constantMemory", OptionType.FLAG)
            .flag("", "--constant-memory")
            .help("Give a progressive run's smaller images larger batches.")
            .byDefault(false)
            .usedIf(ProgressiveDefaults::growsByRule)
            .add();

    /** The phases of {@link ProgressiveMode#EXPLICIT}, one by one. */
    public static final TrainingOption<List<PhasePlan>> PLAN = TABLE.option("progressive.plan", PhasePlanType.PLAN)
            .help("The phases one by one, in a configuration: size and epochs, and what of batch, dropout,"
                    + " dropConnectRate, randAugment, mixup and cutmix differs from the run's.")
            .unset("none")
            .usedIf(settings -> settings.isSet(ProgressiveOptions.PLAN) && settings.get(MODE) != ProgressiveMode.OFF)
            .completed((plan, settings) -> PhasePlan.completed(plan, settings))
            .add();

    private ProgressiveOptions() {}

    private static TrainingOption<Double> minimum(
            String name, String flag, String strength, Range<Double> range, ToDoubleFunction<Strengths> start) {
        return TABLE.option("progressive.min" + name, OptionType.NUMBER)
                .flag("X", flag)
                .help(strength + " at the start of a progressive run.")
                .range(range)
                .byDefault(PUBLISHED, settings -> start.applyAsDouble(ProgressiveDefaults.start(settings)))
                .usedIf(ProgressiveDefaults::growsByRule)
                .add();
    }

    /** The strengths of the start of a run that grows by rule. */
    static Strengths minimum(Settings settings) {
        return new Strengths(
                settings.get(MIN_DROPOUT),
                settings.get(MIN_DROP_CONNECT_RATE),
                settings.get(MIN_RAND_AUGMENT),
                settings.get(MIN_MIXUP),
                settings.get(MIN_CUTMIX));
    }
}
