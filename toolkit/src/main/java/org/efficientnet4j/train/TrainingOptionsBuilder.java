package org.efficientnet4j.train;

import java.util.Optional;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.Normalization;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/** Collects options and fills in what is not set; a later call replaces an earlier one, as flags replace a file. */
public final class TrainingOptionsBuilder {
    private static final int MOST_WORKERS = 8;
    private static final double LONGEST_WARMUP = 5;

    private String model;
    private String source;
    private Integer classes;
    private Integer epochs;
    private Long seed;
    private Integer checkpointEvery;
    private Double validationFraction;
    private Integer size;
    private Integer evaluationSize;
    private Double cropFraction;
    private Integer batch;
    private Normalization normalization;
    private Augmentation augmentation;
    private Integer workers;
    private Boolean strict;
    private Optimizer optimizer;
    private Double learningRate;
    private Double momentum;
    private Double weightDecay;
    private Double warmupEpochs;
    private Double labelSmoothing;
    private Double dropout;
    private Double dropConnectRate;
    private Integer validateEvery;
    private Integer patience;

    TrainingOptionsBuilder() {}

    /** Name of a catalogue's model, or path of an architecture's YAML file; required. */
    public TrainingOptionsBuilder model(String value) {
        model = value;
        return this;
    }

    /** Where the images come from; required. */
    public TrainingOptionsBuilder source(String value) {
        source = value;
        return this;
    }

    /** How many classes the source has; required, since the source's labels tell it. */
    public TrainingOptionsBuilder classes(int value) {
        classes = value;
        return this;
    }

    /** Passes over the training images; 10 unless set. */
    public TrainingOptionsBuilder epochs(int value) {
        epochs = value;
        return this;
    }

    /** Seed of weights, order, augmentation and dropout; 42 unless set. */
    public TrainingOptionsBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Epochs from one checkpoint to the next; 1 unless set. */
    public TrainingOptionsBuilder checkpointEvery(int value) {
        checkpointEvery = value;
        return this;
    }

    /** Share held out where the source has no validation part; 0.2 unless set. */
    public TrainingOptionsBuilder validationFraction(double value) {
        validationFraction = value;
        return this;
    }

    /** Training image size in pixels; the model's unless set. */
    public TrainingOptionsBuilder size(int value) {
        size = value;
        return this;
    }

    /** Validation image size in pixels; the training size if that is set, else the model's. */
    public TrainingOptionsBuilder evaluationSize(int value) {
        evaluationSize = value;
        return this;
    }

    /** Side of the evaluation's centre crop as a share of the image's; 0.875 unless set. */
    public TrainingOptionsBuilder cropFraction(double value) {
        cropFraction = value;
        return this;
    }

    /** Images a step; 32 unless set. */
    public TrainingOptionsBuilder batch(int value) {
        batch = value;
        return this;
    }

    /** What the network expects of its pixels; the model's unless set. */
    public TrainingOptionsBuilder normalization(Normalization value) {
        normalization = value;
        return this;
    }

    /** How training images are varied; {@link Augmentation#STANDARD} unless set. */
    public TrainingOptionsBuilder augmentation(Augmentation value) {
        augmentation = value;
        return this;
    }

    /** Decoding threads; as many as there are processors, at most 8, unless set. */
    public TrainingOptionsBuilder workers(int value) {
        workers = value;
        return this;
    }

    /** Whether an unreadable image stops the run; it is skipped unless set. */
    public TrainingOptionsBuilder strict(boolean value) {
        strict = value;
        return this;
    }

    /** The algorithm; {@link Optimizer#ADAM} unless set. */
    public TrainingOptionsBuilder optimizer(Optimizer value) {
        optimizer = value;
        return this;
    }

    /** Peak learning rate; the optimiser's for this batch unless set. */
    public TrainingOptionsBuilder learningRate(double value) {
        learningRate = value;
        return this;
    }

    /** Momentum of {@link Optimizer#SGD}; 0.9 unless set. */
    public TrainingOptionsBuilder momentum(double value) {
        momentum = value;
        return this;
    }

    /** Weight decay on kernels; the optimiser's unless set. */
    public TrainingOptionsBuilder weightDecay(double value) {
        weightDecay = value;
        return this;
    }

    /** Length of the warm-up; a tenth of the epochs, at most 5, unless set. */
    public TrainingOptionsBuilder warmupEpochs(double value) {
        warmupEpochs = value;
        return this;
    }

    /** Share of the target spread over all classes; 0.1 unless set. */
    public TrainingOptionsBuilder labelSmoothing(double value) {
        labelSmoothing = value;
        return this;
    }

    /** Drop rate before the classifier; the model's unless set. */
    public TrainingOptionsBuilder dropout(double value) {
        dropout = value;
        return this;
    }

    /** Stochastic depth's drop rate of the last block; 0.2 unless set. */
    public TrainingOptionsBuilder dropConnectRate(double value) {
        dropConnectRate = value;
        return this;
    }

    /** Epochs from one validation to the next; 1 unless set. */
    public TrainingOptionsBuilder validateEvery(int value) {
        validateEvery = value;
        return this;
    }

    /** Validations without a better one before stopping; 0, never, unless set. */
    public TrainingOptionsBuilder patience(int value) {
        patience = value;
        return this;
    }

    /** The source set so far, so that it can be opened to learn its classes. */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /** The model set so far. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The training size set so far. */
    public Optional<Integer> size() {
        return Optional.ofNullable(size);
    }

    /** The crop fraction set so far. */
    public Optional<Double> cropFraction() {
        return Optional.ofNullable(cropFraction);
    }

    /** How a source without held-out images of its own is divided. */
    public SplitOptions split() {
        return new SplitOptions(or(validationFraction, 0.2), or(seed, 42L));
    }

    /** The number of classes set so far, to be compared with what the source has. */
    public Optional<Integer> classes() {
        return Optional.ofNullable(classes);
    }

    /**
     * The options with every default filled in. Size, dropout and normalisation come from the catalogue's model, which
     * need not exist if all three are set.
     *
     * @throws InvalidInputException for a missing or wrong value, named by its key, or an unknown model
     */
    public TrainingOptions build() {
        String name = required(model, "model", "name one, such as efficientnet_v2_b0");
        int passes = or(epochs, 10);
        return new TrainingOptions(
                name,
                passes,
                or(seed, 42L),
                or(checkpointEvery, 1),
                input(name),
                optimizer(passes),
                regularization(name),
                new ValidationOptions(or(validateEvery, 1), or(patience, 0)));
    }

    private InputOptions input(String name) {
        return new InputOptions(
                required(source, "data.source", "give a directory, cifar10, csv:FILE:DIR or shapes"),
                or(validationFraction, 0.2),
                required(classes, "data.classes", "the data's labels tell it"),
                size != null ? size : definition(name).trainSize(),
                evaluationSize(name),
                or(cropFraction, 0.875),
                or(batch, 32),
                normalization != null ? normalization : definition(name).normalization(),
                or(augmentation, Augmentation.STANDARD),
                or(workers, Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors())),
                or(strict, false));
    }

    private int evaluationSize(String name) {
        if (evaluationSize != null) {
            return evaluationSize;
        }
        return size != null ? size : definition(name).evalSize();
    }

    private OptimizerOptions optimizer(int passes) {
        Optimizer algorithm = or(optimizer, Optimizer.ADAM);
        return new OptimizerOptions(
                algorithm,
                learningRate != null ? learningRate : algorithm.defaultLearningRate(Math.max(1, or(batch, 32))),
                or(momentum, 0.9),
                weightDecay != null ? weightDecay : algorithm.defaultWeightDecay(),
                or(warmupEpochs, Math.min(LONGEST_WARMUP, Math.max(0, passes) / 10.0)));
    }

    private RegularizationOptions regularization(String name) {
        return new RegularizationOptions(
                or(labelSmoothing, 0.1),
                dropout != null ? dropout : definition(name).dropout(),
                or(dropConnectRate, 0.2));
    }

    private static ModelDefinition definition(String name) {
        return ModelCatalog.find(name);
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static <T> T required(T value, String key, String remedy) {
        if (value == null) {
            throw new InvalidInputException(key + " is missing: " + remedy);
        }
        return value;
    }
}
