package org.efficientnet4j.train.options;

/** Options of the steps that change weights; {@code optimizer} in config.yaml. */
public final class OptimizerOptions {
    static final OptionTable TABLE = new OptionTable(OptionGroup.OPTIMISER);

    /**
     * A tenth of a new network's rate where trained weights move, as usual in fine-tuning: steps of the full size would
     * leave the trained weights' surroundings before the new classifier means anything. A classifier alone learns at the
     * full rate. Source: CS231n's notes, "Transfer Learning" ("a 10x smaller learning rate").
     */
    private static final double FINE_TUNING = 0.1;

    /** The algorithm. */
    public static final TrainingOption<Optimizer> ALGORITHM = TABLE.option(
                    "optimizer.name", OptionType.of(Optimizer.class))
            .flag("NAME", "--optimizer")
            .help("The algorithm: adam, adamw, sgd (Nesterov momentum) or rmsprop (TensorFlow's, as the papers).")
            .byDefault(Optimizer.ADAM)
            .add();

    /** Peak learning rate. */
    public static final TrainingOption<Double> LEARNING_RATE = TABLE.option("optimizer.learningRate", OptionType.NUMBER)
            .flag("X", "--learning-rate")
            .help("Peak learning rate.")
            .range(Range.positive())
            .byDefault("by optimiser and images a step; a tenth where trained weights learn", OptimizerOptions::rate)
            .add();

    /** Momentum of {@link Optimizer#SGD} and {@link Optimizer#RMSPROP}. */
    public static final TrainingOption<Double> MOMENTUM = TABLE.option("optimizer.momentum", OptionType.NUMBER)
            .flag("X", "--momentum")
            .help("Momentum of sgd and rmsprop.")
            .range(Range.rate())
            .byDefault(0.9)
            .add();

    /** Weight decay on convolution and dense kernels only. */
    public static final TrainingOption<Double> WEIGHT_DECAY = TABLE.option("optimizer.weightDecay", OptionType.NUMBER)
            .flag("X", "--weight-decay")
            .help("Weight decay on convolution and dense kernels.")
            .range(Range.notNegative())
            .byDefault("0.01 for adamw, 1e-5 for the others", settings -> settings.get(ALGORITHM)
                    .defaultWeightDecay())
            .add();

    /** The gradient's largest Euclidean norm over all weights; a longer one is shortened to it; 0 for none. */
    public static final TrainingOption<Double> CLIP_NORM = TABLE.option("optimizer.clipNorm", OptionType.NUMBER)
            .flag("X", "--clip-norm")
            .help("Largest norm of the gradient, to which longer ones are shortened; 0 for none.")
            .range(Range.notNegative())
            .byDefault(0.0)
            .add();

    /** Batches whose mean gradient makes one step. */
    public static final TrainingOption<Integer> ACCUMULATE = TABLE.option("optimizer.accumulate", OptionType.INTEGER)
            .flag("N", "--accumulate")
            .help("Batches whose mean gradient makes one step.")
            .range(Range.atLeast(1))
            .byDefault(1)
            .add();

    private OptimizerOptions() {}

    private static double rate(Settings settings) {
        double rate =
                settings.get(ALGORITHM).defaultLearningRate(settings.get(DataOptions.BATCH) * settings.get(ACCUMULATE));
        return TransferOptions.movesTrainedWeights(settings) ? FINE_TUNING * rate : rate;
    }
}
