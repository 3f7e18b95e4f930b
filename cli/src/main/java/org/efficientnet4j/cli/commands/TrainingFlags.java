package org.efficientnet4j.cli.commands;

import org.efficientnet4j.train.Augmentation;
import org.efficientnet4j.train.Optimizer;
import org.efficientnet4j.train.TrainingOptionsBuilder;
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
            names = "--validation-fraction",
            paramLabel = "X",
            description = "Share held out where the source has no validation part (0.2).")
    private Double validationFraction;

    @Option(names = "--augmentation", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES} (standard).")
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
        set(validationFraction, builder::validationFraction);
        set(augmentation, builder::augmentation);
        set(workers, builder::workers);
        set(patience, builder::patience);
        if (strict) {
            set(true, builder::strict);
        }
    }

    private interface Setter<T> {
        TrainingOptionsBuilder set(T value);
    }

    private static <T> void set(T value, Setter<T> setter) {
        if (value != null) {
            setter.set(value);
        }
    }
}
