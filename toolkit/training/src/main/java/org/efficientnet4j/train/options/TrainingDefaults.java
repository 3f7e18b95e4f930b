package org.efficientnet4j.train.options;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.augment.RandomErasing;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.ProgressiveSchedule;
import org.efficientnet4j.train.progressive.Strengths;

/** Fills in the options that a builder leaves open; one method a group of config.yaml. */
final class TrainingDefaults {
    static final double VALIDATION_FRACTION = 0.2;
    static final long SEED = 42;

    private static final int EPOCHS = 10;
    private static final int BATCH = 32;
    private static final int MOST_WORKERS = 8;
    private static final double LONGEST_WARMUP = 5;
    private static final double DROP_CONNECT_RATE = 0.2;

    /**
     * A tenth of a new network's rate where trained weights move, as usual in fine-tuning: steps of the full size would
     * leave the trained weights' surroundings before the new classifier means anything. A classifier alone learns at the
     * full rate. Source: CS231n's notes, "Transfer Learning" ("a 10x smaller learning rate").
     */
    private static final double FINE_TUNING = 0.1;

    private final TrainingOptionsBuilder set;
    private final String model;
    private final List<StagePlan> plan;
    private final ProgressiveMode mode;
    private final int epochs;
    private final int batch;
    private final TransferOptions transfer;

    TrainingDefaults(TrainingOptionsBuilder set) {
        this.set = set;
        this.model = set.required("model", "name one, such as efficientnet_v2_b0");
        this.plan = set.or("progressive.plan", List.of());
        this.mode = mode();
        this.epochs = set.or(
                "epochs",
                plan.isEmpty()
                        ? EPOCHS
                        : plan.stream().mapToInt(StagePlan::epochs).sum());
        this.batch = set.or("data.batch", BATCH);
        this.transfer = new TransferOptions(
                set.get("transfer.init"),
                set.get("transfer.sha256"),
                set.get("transfer.source"),
                set.get("transfer.freezeUntil"),
                set.or("transfer.unfreezeEvery", 0),
                set.or("transfer.layerLearningRateDecay", 1.0));
    }

    TrainingOptions complete() {
        Optional<ProgressiveRange> published = publishedRange();
        InputOptions input = input(published);
        RegularizationOptions regularization = regularization(published.map(ProgressiveRange::max));
        return new TrainingOptions(
                model,
                epochs,
                set.or("seed", SEED),
                set.or("checkpointEvery", 1),
                set.or("keepCheckpoints", 1),
                set.or("checkpointActivations", ActivationCheckpointing.OFF),
                input,
                optimizer(),
                schedule(),
                regularization,
                erasing(),
                progressive(published, input, regularization.strengths()),
                new AveragingOptions(set.or("averaging.decay", 0.0)),
                new ValidationOptions(
                        set.or("validation.every", 1),
                        set.or("validation.patience", 0),
                        set.or("validation.recalibrate", 0)),
                transfer);
    }

    private ProgressiveMode mode() {
        ProgressiveMode implied = plan.isEmpty() ? ProgressiveMode.OFF : ProgressiveMode.EXPLICIT;
        boolean asked = set.get("progressive.stages").isPresent()
                || set.get("progressive.minSize").isPresent();
        if (asked && plan.isEmpty() && set.get("progressive.mode").isEmpty()) {
            throw new InvalidInputException("progressive.mode is missing, although stages or a first size are set:"
                    + " choose paper or automl (--progressive paper)");
        }
        return set.or("progressive.mode", implied);
    }

    /** Of a run that grows by rule, at the size asked for; empty for others. */
    private Optional<ProgressiveRange> publishedRange() {
        if (mode != ProgressiveMode.PAPER && mode != ProgressiveMode.AUTOML) {
            return Optional.empty();
        }
        double dropConnectRate = set.or("regularization.dropConnectRate", DROP_CONNECT_RATE);
        ProgressiveRange range = ProgressiveRange.published(mode, definition(), dropConnectRate);
        return Optional.of(set.size().map(range::endingAt).orElse(range));
    }

    private InputOptions input(Optional<ProgressiveRange> range) {
        return new InputOptions(
                set.required("data.source", "give a directory, cifar10, csv:FILE:DIR or shapes"),
                set.or("data.validationFraction", VALIDATION_FRACTION),
                set.or("data.split", SplitRule.HASH),
                set.required("data.classes", "the data's labels tell it"),
                trainingSize(range),
                evaluationSize(),
                set.or("data.cropFraction", 0.875),
                batch,
                set.<org.efficientnet4j.core.Normalization>get("data.normalization")
                        .orElseGet(() -> definition().normalization()),
                set.or("data.augmentation", Augmentation.STANDARD),
                set.or(
                        "data.workers",
                        Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors())),
                set.or("data.strict", false));
    }

    private int trainingSize(Optional<ProgressiveRange> range) {
        if (!plan.isEmpty()) {
            return plan.get(plan.size() - 1).size();
        }
        return set.size().orElseGet(() -> range.map(ProgressiveRange::maxSize)
                .orElseGet(() -> definition().trainSize()));
    }

    private int evaluationSize() {
        if (!plan.isEmpty()) {
            return set.or("data.evaluationSize", trainingSize(Optional.empty()));
        }
        return set.<Integer>get("data.evaluationSize").or(set::size).orElseGet(() -> definition()
                .evalSize());
    }

    private OptimizerOptions optimizer() {
        Optimizer algorithm = set.or("optimizer.name", Optimizer.ADAM);
        int accumulate = set.or("optimizer.accumulate", 1);
        double learningRate = algorithm.defaultLearningRate(Math.max(1, batch) * Math.max(1, accumulate));
        return new OptimizerOptions(
                algorithm,
                set.or(
                        "optimizer.learningRate",
                        transfer.movesTrainedWeights() ? FINE_TUNING * learningRate : learningRate),
                set.or("optimizer.momentum", 0.9),
                set.or("optimizer.weightDecay", algorithm.defaultWeightDecay()),
                set.or("optimizer.clipNorm", 0.0),
                accumulate);
    }

    private ScheduleOptions schedule() {
        return new ScheduleOptions(
                set.or("schedule.name", LearningRateShape.COSINE),
                set.or("schedule.warmupEpochs", Math.min(LONGEST_WARMUP, Math.max(0, epochs) / 10.0)),
                set.or("schedule.decayRate", 0.97),
                set.or("schedule.decayEpochs", 2.4));
    }

    private RegularizationOptions regularization(Optional<Strengths> end) {
        return new RegularizationOptions(
                set.or("regularization.labelSmoothing", 0.1),
                set.<Double>get("regularization.dropout")
                        .or(() -> end.map(Strengths::dropout))
                        .orElseGet(() -> definition().dropout()),
                set.or("regularization.dropConnectRate", DROP_CONNECT_RATE),
                set.or(
                        "regularization.randAugment",
                        end.map(Strengths::randAugment).orElse(0.0)),
                set.or("regularization.mixup", end.map(Strengths::mixup).orElse(0.0)),
                set.or("regularization.cutmix", end.map(Strengths::cutmix).orElse(0.0)));
    }

    private ErasingOptions erasing() {
        return new ErasingOptions(
                set.or("erasing.probability", 0.0),
                set.or("erasing.minArea", RandomErasing.USUAL_MIN_AREA),
                set.or("erasing.maxArea", RandomErasing.USUAL_MAX_AREA),
                set.or("erasing.minRatio", RandomErasing.USUAL_MIN_RATIO),
                set.or("erasing.maxRatio", RandomErasing.USUAL_MAX_RATIO),
                set.or("erasing.filling", Filling.CONSTANT));
    }

    private ProgressiveOptions progressive(Optional<ProgressiveRange> published, InputOptions input, Strengths end) {
        Strengths start = published.map(range -> range.min().atMost(end)).orElse(end);
        return new ProgressiveOptions(
                mode,
                published.isPresent()
                        ? set.or("progressive.stages", Math.min(ProgressiveSchedule.PUBLISHED_STAGES, epochs))
                        : 1,
                published.isPresent()
                        ? set.or("progressive.minSize", published.get().minSize())
                        : input.size(),
                new Strengths(
                        set.or("progressive.minDropout", start.dropout()),
                        set.or("progressive.minDropConnectRate", start.dropConnectRate()),
                        set.or("progressive.minRandAugment", start.randAugment()),
                        set.or("progressive.minMixup", start.mixup()),
                        set.or("progressive.minCutmix", start.cutmix())),
                set.or("progressive.sizeMultiple", 1),
                set.or("progressive.constantMemory", false),
                mode == ProgressiveMode.OFF ? List.of() : StagePlan.complete(plan, batch, end));
    }

    private ModelDefinition definition() {
        return ModelCatalog.find(model);
    }
}
