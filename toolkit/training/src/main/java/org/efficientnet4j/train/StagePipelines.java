package org.efficientnet4j.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.BatchMixing;
import org.efficientnet4j.data.augment.automatic.AutoAugment;
import org.efficientnet4j.data.augment.automatic.LearntPolicy;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.InputOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.progressive.ProgressiveStage;
import org.efficientnet4j.train.progressive.Strengths;

/** The image pipelines of a run: one of training images for each stage, and one of held-out images for all. */
final class StagePipelines {
    private final TrainingOptions options;
    private final DataSplits data;
    private final ImagePipeline validation;
    private final Map<ProgressiveStage, ImagePipeline> training = new LinkedHashMap<>();

    StagePipelines(TrainingOptions options, DataSplits data) {
        this.options = options;
        this.data = data;
        this.validation = pipeline(
                ImagePipeline.builder(data.validation()).size(options.data().evaluationSize()),
                options.data().batch());
        for (ProgressiveStage stage : options.stages().stages()) {
            training.computeIfAbsent(stage, this::trainingPipeline);
        }
    }

    /** The run's stages over these pipelines. */
    List<TrainingStage> stages() {
        PipelineEpochs judged = new PipelineEpochs(validation, data.validation().size());
        return options.stages().stages().stream()
                .map(stage -> new TrainingStage(stage.epochs(), epochs(stage), judged, Optional.of(stage)))
                .toList();
    }

    /** The pipeline of held-out images. */
    ImagePipeline validation() {
        return validation;
    }

    /** The images left out so far because they could not be read, each once, training's first. */
    List<SkippedImage> skipped() {
        List<SkippedImage> all = new ArrayList<>(training.values().stream()
                .flatMap(pipeline -> pipeline.skipped().stream())
                .distinct()
                .toList());
        all.addAll(validation.skipped());
        return all;
    }

    private PipelineEpochs epochs(ProgressiveStage stage) {
        ImagePipeline pipeline = training.get(stage);
        int examples = dropsLast(stage)
                ? pipeline.batchesPerEpoch() * stage.batch()
                : data.train().size();
        return new PipelineEpochs(pipeline, examples);
    }

    private ImagePipeline trainingPipeline(ProgressiveStage stage) {
        return pipeline(
                ImagePipeline.builder(data.train())
                        .size(stage.size())
                        .augmentation(policy(stage.strengths()))
                        .shuffle(true)
                        // A last batch of an image or two would give batch norm statistics of nothing.
                        .dropLast(dropsLast(stage)),
                stage.batch());
    }

    private AugmentationPolicy policy(Strengths strengths) {
        AugmentationPolicy policy = options.data().augmentation() == Augmentation.NONE
                ? AugmentationPolicy.none()
                : AugmentationPolicy.recommendedFor(data.train());
        if (strengths.randAugment() > 0) {
            policy = policy.and(new RandAugment(RandAugment.USUAL_LAYERS, strengths.randAugment()));
        }
        Optional<LearntPolicy> learnt = options.data().augmentation().learnt();
        if (learnt.isPresent()) {
            policy = policy.and(new AutoAugment(learnt.get()));
        }
        if (options.erasing().probability() > 0) {
            policy = policy.andOnBatches(options.erasing().operation());
        }
        if (strengths.mixup() > 0 || strengths.cutmix() > 0) {
            policy = policy.andOnBatches(new BatchMixing(strengths.mixup(), strengths.cutmix()));
        }
        return policy;
    }

    private ImagePipeline pipeline(ImagePipeline.Builder builder, int batch) {
        InputOptions input = options.data();
        return builder.batch(batch)
                .seed(options.seed())
                .workers(input.workers())
                .normalization(input.normalization())
                .cropFraction(input.cropFraction())
                .strict(input.strict())
                .build();
    }

    private boolean dropsLast(ProgressiveStage stage) {
        return data.train().size() >= stage.batch();
    }
}
