package org.efficientnet4j.train.options;

import java.util.function.ToDoubleFunction;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * Options against overfitting; {@code regularization} in config.yaml. In a progressive run these are the last phase's
 * strengths.
 */
public final class RegularizationOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.REGULARISATION);

    private static final String GROWN = "; a progressive run's end by model";

    /** Share s of the target spread over all classes: {@code (1 - s) * oneHot + s / classes}. */
    public static final TrainingOption<Double> LABEL_SMOOTHING = TABLE.option(
                    "regularization.labelSmoothing", OptionType.NUMBER)
            .flag("X", "--label-smoothing")
            .help("Share of the target spread over all classes.")
            .range(Range.rate())
            .byDefault(0.1)
            .add();

    /** Weights of the classes in the loss; balanced ones become numbers when the data are opened. */
    public static final TrainingOption<ClassWeights> CLASS_WEIGHTS = TABLE.option(
                    "regularization.classWeights", ClassWeights.TYPE)
            .flag("NAME=W,...", "--class-weights")
            .help("Weights of the classes in the loss: balanced (by their images), or e.g. cat=1,dog=2.5.")
            .byDefault(ClassWeights.NONE)
            .silentByDefault()
            .add();

    /** Drop rate before the classifier. */
    public static final TrainingOption<Double> DROPOUT = TABLE.option("regularization.dropout", OptionType.NUMBER)
            .flag("X", "--dropout")
            .help("Drop rate before the classifier.")
            .range(Range.rate())
            .byDefault("the model's" + GROWN, settings -> ProgressiveDefaults.range(settings)
                    .map(range -> range.max().dropout())
                    .orElseGet(() -> settings.model().dropout()))
            .add();

    /** Stochastic depth's drop rate of the last block. */
    public static final TrainingOption<Double> DROP_CONNECT_RATE = TABLE.option(
                    "regularization.dropConnectRate", OptionType.NUMBER)
            .flag("X", "--drop-connect")
            .help("Stochastic depth's drop rate of the last block.")
            .range(Range.rate())
            .byDefault(0.2)
            .add();

    /** RandAugment's magnitude; 0 for none. */
    public static final TrainingOption<Double> RAND_AUGMENT = TABLE.option(
                    "regularization.randAugment", OptionType.NUMBER)
            .flag("X", "--rand-augment")
            .help("RandAugment's magnitude; 0 for none.")
            .range(Range.magnitude())
            .byDefault("0" + GROWN, settings -> end(settings, Strengths::randAugment))
            .add();

    /** Alpha of mixup's Beta distribution; 0 for none. */
    public static final TrainingOption<Double> MIXUP = TABLE.option("regularization.mixup", OptionType.NUMBER)
            .flag("X", "--mixup")
            .help("Alpha of mixup's Beta distribution; 0 for none.")
            .range(Range.notNegative())
            .byDefault("0" + GROWN, settings -> end(settings, Strengths::mixup))
            .add();

    /** Alpha of cutmix' Beta distribution; 0 for none. */
    public static final TrainingOption<Double> CUTMIX = TABLE.option("regularization.cutmix", OptionType.NUMBER)
            .flag("X", "--cutmix")
            .help("Alpha of cutmix' Beta distribution; 0 for none.")
            .range(Range.notNegative())
            .byDefault("0" + GROWN, settings -> end(settings, Strengths::cutmix))
            .add();

    private RegularizationOptions() {}

    private static double end(Settings settings, ToDoubleFunction<Strengths> strength) {
        return ProgressiveDefaults.range(settings)
                .map(ProgressiveRange::max)
                .map(strength::applyAsDouble)
                .orElse(0.0);
    }

    /** All but the label smoothing, which does not change from phase to phase. */
    static Strengths strengths(Settings settings) {
        return new Strengths(
                settings.get(DROPOUT),
                settings.get(DROP_CONNECT_RATE),
                settings.get(RAND_AUGMENT),
                settings.get(MIXUP),
                settings.get(CUTMIX));
    }
}
