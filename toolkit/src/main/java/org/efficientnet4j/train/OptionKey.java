package org.efficientnet4j.train;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.efficientnet4j.data.Normalization;

/**
 * One key of config.yaml: the table that reading, writing and comparing options go by.
 *
 * @param path where it stands, groups separated by dots
 * @param type how its value is written
 * @param mayChange whether a resumed run may have another value
 * @param set puts it into a builder
 * @param get takes it from resolved options
 */
record OptionKey<T>(
        String path,
        OptionType<T> type,
        boolean mayChange,
        BiConsumer<TrainingOptionsBuilder, T> set,
        Function<TrainingOptions, T> get) {
    /** Every key, in the order of config.yaml. */
    static final List<OptionKey<?>> ALL = List.of(
            fixed("model", OptionType.TEXT, TrainingOptionsBuilder::model, TrainingOptions::model),
            fixed("epochs", OptionType.INTEGER, TrainingOptionsBuilder::epochs, TrainingOptions::epochs),
            fixed("seed", OptionType.LONG, TrainingOptionsBuilder::seed, TrainingOptions::seed),
            free(
                    "checkpointEvery",
                    OptionType.INTEGER,
                    TrainingOptionsBuilder::checkpointEvery,
                    TrainingOptions::checkpointEvery),
            data("source", OptionType.TEXT, TrainingOptionsBuilder::source, InputOptions::source),
            data(
                    "validationFraction",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::validationFraction,
                    InputOptions::validationFraction),
            data("classes", OptionType.INTEGER, TrainingOptionsBuilder::classes, InputOptions::classes),
            data("size", OptionType.INTEGER, TrainingOptionsBuilder::size, InputOptions::size),
            data(
                    "evaluationSize",
                    OptionType.INTEGER,
                    TrainingOptionsBuilder::evaluationSize,
                    InputOptions::evaluationSize),
            data("cropFraction", OptionType.NUMBER, TrainingOptionsBuilder::cropFraction, InputOptions::cropFraction),
            data("batch", OptionType.INTEGER, TrainingOptionsBuilder::batch, InputOptions::batch),
            data(
                    "normalization",
                    OptionType.of(NormalizationText::parse, NormalizationText::write, NormalizationText.FORMS),
                    TrainingOptionsBuilder::normalization,
                    (Function<InputOptions, Normalization>) InputOptions::normalization),
            data(
                    "augmentation",
                    OptionType.of(Augmentation.class),
                    TrainingOptionsBuilder::augmentation,
                    InputOptions::augmentation),
            free("data.workers", OptionType.INTEGER, TrainingOptionsBuilder::workers, options -> options.data()
                    .workers()),
            data("strict", OptionType.FLAG, TrainingOptionsBuilder::strict, InputOptions::strict),
            fixed(
                    "optimizer.name",
                    OptionType.of(Optimizer.class),
                    TrainingOptionsBuilder::optimizer,
                    options -> options.optimizer().name()),
            fixed(
                    "optimizer.learningRate",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::learningRate,
                    options -> options.optimizer().learningRate()),
            fixed(
                    "optimizer.momentum",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::momentum,
                    options -> options.optimizer().momentum()),
            fixed(
                    "optimizer.weightDecay",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::weightDecay,
                    options -> options.optimizer().weightDecay()),
            fixed(
                    "optimizer.warmupEpochs",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::warmupEpochs,
                    options -> options.optimizer().warmupEpochs()),
            fixed(
                    "regularization.labelSmoothing",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::labelSmoothing,
                    options -> options.regularization().labelSmoothing()),
            fixed(
                    "regularization.dropout",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::dropout,
                    options -> options.regularization().dropout()),
            fixed(
                    "regularization.dropConnectRate",
                    OptionType.NUMBER,
                    TrainingOptionsBuilder::dropConnectRate,
                    options -> options.regularization().dropConnectRate()),
            fixed(
                    "validation.every",
                    OptionType.INTEGER,
                    TrainingOptionsBuilder::validateEvery,
                    options -> options.validation().every()),
            free(
                    "validation.patience",
                    OptionType.INTEGER,
                    TrainingOptionsBuilder::patience,
                    options -> options.validation().patience()));

    private static <T> OptionKey<T> fixed(
            String path,
            OptionType<T> type,
            BiConsumer<TrainingOptionsBuilder, T> set,
            Function<TrainingOptions, T> get) {
        return new OptionKey<>(path, type, false, set, get);
    }

    private static <T> OptionKey<T> free(
            String path,
            OptionType<T> type,
            BiConsumer<TrainingOptionsBuilder, T> set,
            Function<TrainingOptions, T> get) {
        return new OptionKey<>(path, type, true, set, get);
    }

    private static <T> OptionKey<T> data(
            String name, OptionType<T> type, BiConsumer<TrainingOptionsBuilder, T> set, Function<InputOptions, T> get) {
        return fixed("data." + name, type, set, options -> get.apply(options.data()));
    }

    void read(TrainingOptionsBuilder into, com.fasterxml.jackson.databind.JsonNode value) {
        set.accept(into, type.read(path, value));
    }

    com.fasterxml.jackson.databind.JsonNode write(TrainingOptions from) {
        return type.write().apply(get.apply(from));
    }
}
