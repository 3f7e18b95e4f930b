package org.efficientnet4j.train.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.Strengths;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * One key of config.yaml: the table that reading, writing and comparing options go by.
 *
 * @param path where it stands, groups separated by dots
 * @param type how its value is written
 * @param mayChange whether a resumed run may have another value
 * @param get takes it from resolved options; empty where they do not use it
 */
record OptionKey<T>(String path, OptionType<T> type, boolean mayChange, Function<TrainingOptions, Optional<T>> get) {
    /** Every key, in the order of config.yaml. */
    static final List<OptionKey<?>> ALL = List.of(
            fixed("model", OptionType.TEXT, TrainingOptions::model),
            fixed("epochs", OptionType.INTEGER, TrainingOptions::epochs),
            fixed("seed", OptionType.LONG, TrainingOptions::seed),
            free("checkpointEvery", OptionType.INTEGER, TrainingOptions::checkpointEvery),
            free("keepCheckpoints", OptionType.INTEGER, TrainingOptions::keepCheckpoints),
            free(
                    "checkpointActivations",
                    OptionType.of(ActivationCheckpointing.class),
                    TrainingOptions::checkpointActivations),
            data("source", OptionType.TEXT, InputOptions::source),
            data("validationFraction", OptionType.NUMBER, InputOptions::validationFraction),
            data("split", OptionType.of(SplitRule.class), InputOptions::split),
            data("classes", OptionType.INTEGER, InputOptions::classes),
            data("size", OptionType.INTEGER, InputOptions::size),
            data("evaluationSize", OptionType.INTEGER, InputOptions::evaluationSize),
            data("cropFraction", OptionType.NUMBER, InputOptions::cropFraction),
            data("batch", OptionType.INTEGER, InputOptions::batch),
            data("normalization", normalization(), InputOptions::normalization),
            data("augmentation", OptionType.of(Augmentation.class), InputOptions::augmentation),
            free("data.workers", OptionType.INTEGER, options -> options.data().workers()),
            data("strict", OptionType.FLAG, InputOptions::strict),
            optimizer("name", OptionType.of(Optimizer.class), OptimizerOptions::name),
            optimizer("learningRate", OptionType.NUMBER, OptimizerOptions::learningRate),
            optimizer("momentum", OptionType.NUMBER, OptimizerOptions::momentum),
            optimizer("weightDecay", OptionType.NUMBER, OptimizerOptions::weightDecay),
            optimizer("clipNorm", OptionType.NUMBER, OptimizerOptions::clipNorm),
            optimizer("accumulate", OptionType.INTEGER, OptimizerOptions::accumulate),
            schedule("name", OptionType.of(LearningRateShape.class), ScheduleOptions::name),
            schedule("warmupEpochs", OptionType.NUMBER, ScheduleOptions::warmupEpochs),
            schedule("decayRate", OptionType.NUMBER, ScheduleOptions::decayRate),
            schedule("decayEpochs", OptionType.NUMBER, ScheduleOptions::decayEpochs),
            regularization("labelSmoothing", RegularizationOptions::labelSmoothing),
            regularization("dropout", RegularizationOptions::dropout),
            regularization("dropConnectRate", RegularizationOptions::dropConnectRate),
            regularization("randAugment", RegularizationOptions::randAugment),
            regularization("mixup", RegularizationOptions::mixup),
            regularization("cutmix", RegularizationOptions::cutmix),
            erasing("probability", ErasingOptions::probability),
            erasing("minArea", ErasingOptions::minArea),
            erasing("maxArea", ErasingOptions::maxArea),
            erasing("minRatio", ErasingOptions::minRatio),
            erasing("maxRatio", ErasingOptions::maxRatio),
            fixed("erasing.filling", OptionType.of(Filling.class), options -> options.erasing()
                    .filling()),
            fixed("progressive.mode", OptionType.of(ProgressiveMode.class), options -> options.progressive()
                    .mode()),
            growing("stages", OptionType.INTEGER, ProgressiveOptions::stages),
            growing("minSize", OptionType.INTEGER, ProgressiveOptions::minSize),
            minimum("minDropout", Strengths::dropout),
            minimum("minDropConnectRate", Strengths::dropConnectRate),
            minimum("minRandAugment", Strengths::randAugment),
            minimum("minMixup", Strengths::mixup),
            minimum("minCutmix", Strengths::cutmix),
            growing("sizeMultiple", OptionType.INTEGER, ProgressiveOptions::sizeMultiple),
            growing("constantMemory", OptionType.FLAG, ProgressiveOptions::constantMemory),
            new OptionKey<>("progressive.plan", StagePlanType.PLAN, false, OptionKey::plan),
            fixed("averaging.decay", OptionType.NUMBER, options -> options.averaging()
                    .decay()),
            fixed("validation.every", OptionType.INTEGER, options -> options.validation()
                    .every()),
            free("validation.patience", OptionType.INTEGER, options -> options.validation()
                    .patience()),
            fixed("validation.recalibrate", OptionType.INTEGER, options -> options.validation()
                    .recalibrate()),
            transfer("init", OptionType.TEXT, TransferOptions::init),
            transfer("sha256", OptionType.TEXT, TransferOptions::sha256),
            transfer("source", OptionType.of(WeightSource.class), TransferOptions::source),
            transfer("freezeUntil", OptionType.TEXT, TransferOptions::freezeUntil),
            transfer("unfreezeEvery", OptionType.INTEGER, transfer -> transfer.freezeUntil()
                    .map(stage -> transfer.unfreezeEvery())),
            transfer("layerLearningRateDecay", OptionType.NUMBER, transfer -> transfer.init()
                    .map(file -> transfer.layerLearningRateDecay())));

    private static <T> OptionKey<T> fixed(String path, OptionType<T> type, Function<TrainingOptions, T> get) {
        return new OptionKey<>(path, type, false, get.andThen(Optional::of));
    }

    private static <T> OptionKey<T> free(String path, OptionType<T> type, Function<TrainingOptions, T> get) {
        return new OptionKey<>(path, type, true, get.andThen(Optional::of));
    }

    private static <T> OptionKey<T> data(String name, OptionType<T> type, Function<InputOptions, T> get) {
        return fixed("data." + name, type, options -> get.apply(options.data()));
    }

    private static <T> OptionKey<T> optimizer(String name, OptionType<T> type, Function<OptimizerOptions, T> get) {
        return fixed("optimizer." + name, type, options -> get.apply(options.optimizer()));
    }

    private static <T> OptionKey<T> schedule(String name, OptionType<T> type, Function<ScheduleOptions, T> get) {
        return fixed("schedule." + name, type, options -> get.apply(options.schedule()));
    }

    private static OptionKey<Double> regularization(String name, Function<RegularizationOptions, Double> get) {
        return fixed("regularization." + name, OptionType.NUMBER, options -> get.apply(options.regularization()));
    }

    private static OptionKey<Double> erasing(String name, Function<ErasingOptions, Double> get) {
        return fixed("erasing." + name, OptionType.NUMBER, options -> get.apply(options.erasing()));
    }

    private static <T> OptionKey<T> growing(String name, OptionType<T> type, Function<ProgressiveOptions, T> get) {
        return new OptionKey<>("progressive." + name, type, false, options -> Optional.of(options.progressive())
                .filter(progressive ->
                        progressive.mode() == ProgressiveMode.PAPER || progressive.mode() == ProgressiveMode.AUTOML)
                .map(get));
    }

    private static <T> OptionKey<T> transfer(
            String name, OptionType<T> type, Function<TransferOptions, Optional<T>> get) {
        return new OptionKey<>("transfer." + name, type, false, options -> get.apply(options.transfer()));
    }

    private static OptionKey<Double> minimum(String name, Function<Strengths, Double> get) {
        return growing(name, OptionType.NUMBER, progressive -> get.apply(progressive.min()));
    }

    private static Optional<List<StagePlan>> plan(TrainingOptions options) {
        List<StagePlan> plan =
                options.progressive().plan().stream().map(StagePlan::of).toList();
        return plan.isEmpty() ? Optional.empty() : Optional.of(plan);
    }

    private static OptionType<Normalization> normalization() {
        return OptionType.of(NormalizationText::parse, NormalizationText::write, NormalizationText.FORMS);
    }

    void read(TrainingOptionsBuilder into, JsonNode value) {
        into.put(path, type.read(path, value));
    }

    /** Empty for a key that the options do not use. */
    Optional<JsonNode> write(TrainingOptions from) {
        return get.apply(from).map(type.write());
    }
}
