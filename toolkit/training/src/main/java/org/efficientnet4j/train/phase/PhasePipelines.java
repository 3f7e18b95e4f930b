package org.efficientnet4j.train.phase;

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
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.ErasingOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.Sampling;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;

/** The image pipelines of a run: one of training images for each phase, and one of held-out images for all. */
public final class PhasePipelines {
    private final TrainingOptions options;
    private final DataSplits data;
    private final ImagePipeline validation;
    private final Map<ProgressivePhase, ImagePipeline> training = new LinkedHashMap<>();

    public PhasePipelines(TrainingOptions options, DataSplits data) {
        this.options = options;
        this.data = data;
        this.validation = pipeline(
                ImagePipeline.builder(data.validation()).size(options.get(DataOptions.EVALUATION_SIZE)),
                options.get(DataOptions.BATCH));
        for (ProgressivePhase phase : options.phases().phases()) {
            training.computeIfAbsent(phase, this::trainingPipeline);
        }
    }

    /** The run's phases over these pipelines. */
    public List<TrainingPhase> phases() {
        PipelineEpochs judged = new PipelineEpochs(validation, data.validation().size());
        return options.phases().phases().stream()
                .map(phase -> new TrainingPhase(phase.epochs(), epochs(phase), judged, Optional.of(phase)))
                .toList();
    }

    /** The pipeline of held-out images. */
    public ImagePipeline validation() {
        return validation;
    }

    /** The images left out so far because they could not be read, each once, training's first. */
    public List<SkippedImage> skipped() {
        List<SkippedImage> all = new ArrayList<>(training.values().stream()
                .flatMap(pipeline -> pipeline.skipped().stream())
                .distinct()
                .toList());
        all.addAll(validation.skipped());
        return all;
    }

    private PipelineEpochs epochs(ProgressivePhase phase) {
        ImagePipeline pipeline = training.get(phase);
        int examples = dropsLast(phase) ? pipeline.batchesPerEpoch() * phase.batch() : imagesAnEpoch();
        return new PipelineEpochs(pipeline, examples);
    }

    private ImagePipeline trainingPipeline(ProgressivePhase phase) {
        return pipeline(
                ImagePipeline.builder(data.train())
                        .size(phase.size())
                        .augmentation(policy(phase.strengths()))
                        .shuffle(true)
                        .balanced(options.get(DataOptions.SAMPLING) == Sampling.BALANCED)
                        .imagesPerEpoch(options.find(DataOptions.EPOCH_IMAGES).orElse(0))
                        // A last batch of an image or two would give batch norm statistics of nothing.
                        .dropLast(dropsLast(phase)),
                phase.batch());
    }

    private AugmentationPolicy policy(Strengths strengths) {
        AugmentationPolicy policy = options.get(DataOptions.AUGMENTATION) == Augmentation.NONE
                ? AugmentationPolicy.none()
                : AugmentationPolicy.recommendedFor(data.train());
        if (strengths.randAugment() > 0) {
            policy = policy.and(new RandAugment(RandAugment.USUAL_LAYERS, strengths.randAugment()));
        }
        Optional<LearntPolicy> learnt = options.get(DataOptions.AUGMENTATION).learnt();
        if (learnt.isPresent()) {
            policy = policy.and(new AutoAugment(learnt.get()));
        }
        if (options.get(ErasingOptions.PROBABILITY) > 0) {
            policy = policy.andOnBatches(ErasingOptions.operation(options));
        }
        if (strengths.mixup() > 0 || strengths.cutmix() > 0) {
            policy = policy.andOnBatches(new BatchMixing(strengths.mixup(), strengths.cutmix()));
        }
        return policy;
    }

    private ImagePipeline pipeline(ImagePipeline.Builder builder, int batch) {
        return builder.batch(batch)
                .seed(options.get(RunOptions.SEED))
                .workers(options.get(DataOptions.WORKERS))
                .normalization(options.get(DataOptions.NORMALIZATION))
                .channels(options.get(DataOptions.CHANNELS))
                .cropFraction(options.get(DataOptions.CROP_FRACTION))
                .strict(options.get(DataOptions.STRICT))
                .build();
    }

    private boolean dropsLast(ProgressivePhase phase) {
        return imagesAnEpoch() >= phase.batch();
    }

    private int imagesAnEpoch() {
        return options.find(DataOptions.EPOCH_IMAGES).orElse(data.train().size());
    }
}
