package org.efficientnet4j.cli.commands;

import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import picocli.CommandLine.Option;

/** Training's options as flags; an option that is not given is left to the configuration or its default. */
final class TrainingFlags {
    @Option(names = "--data", paramLabel = "SOURCE", description = "The images, see below.")
    private String data;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the images (10).")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step (32).")
    private Integer batch;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Image height and width in pixels (the model's; 64 for CIFAR and shapes).")
    private Integer size;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything drawn by chance (42).")
    private Long seed;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES} (adam).")
    private Optimizer optimizer;

    @Option(names = "--learning-rate", paramLabel = "X", description = "The peak (by optimiser and batch).")
    private Double learningRate;

    @Option(names = "--weight-decay", paramLabel = "X", description = "On kernels (by optimiser).")
    private Double weightDecay;

    @Option(names = "--label-smoothing", paramLabel = "X", description = "In [0, 1) (0.1).")
    private Double labelSmoothing;

    @Option(names = "--dropout", paramLabel = "X", description = "Drop rate before the classifier (the model's).")
    private Double dropout;

    @Option(names = "--drop-connect", paramLabel = "X", description = "Stochastic depth's drop rate (0.2).")
    private Double dropConnect;

    @Option(names = "--warmup-epochs", paramLabel = "X", description = "A tenth of the epochs, at most 5.")
    private Double warmupEpochs;

    @Option(
            names = "--progressive",
            paramLabel = "MODE",
            description = "Grow size and regularisation: paper (Algorithm 1), automl (released code), off (off).")
    private ProgressiveMode progressive;

    @Option(names = "--stages", paramLabel = "N", description = "Stages of a progressive run (4).")
    private Integer stages;

    @Option(names = "--min-size", paramLabel = "N", description = "First size of a progressive run (by model).")
    private Integer minSize;

    @Option(names = "--size-multiple", paramLabel = "N", description = "Round a progressive run's sizes to this (1).")
    private Integer sizeMultiple;

    @Option(names = "--constant-memory", description = "Give a progressive run's smaller images larger batches.")
    private boolean constantMemory;

    @Option(names = "--rand-augment", paramLabel = "X", description = "Magnitude, 0 to 30 (0).")
    private Double randAugment;

    @Option(names = "--mixup", paramLabel = "X", description = "Alpha (0).")
    private Double mixup;

    @Option(names = "--cutmix", paramLabel = "X", description = "Alpha (0).")
    private Double cutmix;

    @Option(names = "--random-erasing", paramLabel = "P", description = "How often an image loses a rectangle (0).")
    private Double erasing;

    @Option(
            names = "--erasing-filling",
            paramLabel = "NAME",
            description = "What takes its place: ${COMPLETION-CANDIDATES} (constant: the mean colour).")
    private Filling erasingFilling;

    @Option(names = "--schedule", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES} (cosine).")
    private LearningRateShape schedule;

    @Option(names = "--ema", paramLabel = "X", description = "Decay of the weights' moving average, e.g. 0.9999 (off).")
    private Double ema;

    @Option(names = "--clip-norm", paramLabel = "X", description = "Largest norm of the gradient (any).")
    private Double clipNorm;

    @Option(names = "--accumulate", paramLabel = "N", description = "Batches that make one step (1).")
    private Integer accumulate;

    @Option(
            names = "--recalibrate",
            paramLabel = "N",
            description = "Measure batch-norm statistics on so many batches before each validation (0).")
    private Integer recalibrate;

    @Option(names = "--eval-size", paramLabel = "N", description = "Validation's image size (the training size).")
    private Integer evaluationSize;

    @Option(names = "--validate-every", paramLabel = "N", description = "Epochs between validations (1).")
    private Integer validateEvery;

    @Option(names = "--keep-checkpoints", paramLabel = "N", description = "Latest checkpoints to keep (1).")
    private Integer keepCheckpoints;

    @Option(
            names = "--checkpoint-activations",
            paramLabel = "WHAT",
            arity = "0..1",
            fallbackValue = "blocks",
            description = "Train with less memory, computing more: blocks (when given without a value) computes whole"
                    + " blocks again in the backward pass, cheap only what is cheap (off).")
    private ActivationCheckpointing checkpointActivations;

    @Option(
            names = "--validation-fraction",
            paramLabel = "X",
            description = "Share held out where the source has no validation part (0.2).")
    private Double validationFraction;

    @Option(
            names = "--augmentation",
            paramLabel = "NAME",
            completionCandidates = AugmentationNames.class,
            converter = AugmentationNames.class,
            description = "${COMPLETION-CANDIDATES} (standard).")
    private Augmentation augmentation;

    @Option(names = "--workers", paramLabel = "N", description = "Decoding threads (one a processor, at most 8).")
    private Integer workers;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after so many epochs without a better one (0: never).")
    private Integer patience;

    @Option(names = "--strict", description = "Stop at an unreadable image instead of skipping it.")
    private boolean strict;

    /** Created by picocli. */
    TrainingFlags() {}

    void apply(TrainingOptionsBuilder builder) {
        set(data, builder::source);
        set(epochs, builder::epochs);
        set(batch, builder::batch);
        set(size, builder::size);
        set(seed, builder::seed);
        set(optimizer, builder::optimizer);
        set(learningRate, builder::learningRate);
        set(weightDecay, builder::weightDecay);
        set(labelSmoothing, builder::labelSmoothing);
        set(dropout, builder::dropout);
        set(dropConnect, builder::dropConnectRate);
        set(warmupEpochs, builder::warmupEpochs);
        set(progressive, builder::progressive);
        set(stages, builder::stages);
        set(minSize, builder::minSize);
        set(sizeMultiple, builder::sizeMultiple);
        set(randAugment, builder::randAugment);
        set(mixup, builder::mixup);
        set(cutmix, builder::cutmix);
        set(erasing, builder::erasing);
        set(erasingFilling, builder::erasingFilling);
        set(schedule, builder::schedule);
        set(ema, builder::averagingDecay);
        set(clipNorm, builder::clipNorm);
        set(accumulate, builder::accumulate);
        set(recalibrate, builder::recalibrate);
        set(evaluationSize, builder::evaluationSize);
        set(validateEvery, builder::validateEvery);
        set(keepCheckpoints, builder::keepCheckpoints);
        set(checkpointActivations, builder::checkpointActivations);
        set(validationFraction, builder::validationFraction);
        set(augmentation, builder::augmentation);
        set(workers, builder::workers);
        set(patience, builder::patience);
        if (constantMemory) {
            builder.constantMemory(true);
        }
        if (strict) {
            set(true, builder::strict);
        }
    }

    /** A method of the builder. */
    interface Setter<T> {
        TrainingOptionsBuilder set(T value);
    }

    /** Passes a flag on, if it was given. */
    static <T> void set(T value, Setter<T> setter) {
        if (value != null) {
            setter.set(value);
        }
    }
}
