package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class StagePipelinesTest {
    @Test
    void aStagesStrengthsReachItsImages() {
        DataSet plain = firstBatch(options());
        DataSet augmented = firstBatch(options().randAugment(10));
        DataSet mixed = firstBatch(options().mixup(0.5));
        DataSet pasted = firstBatch(options().cutmix(1));

        DataSet learnt = firstBatch(options().augmentation(Augmentation.AUTOAUGMENT_CIFAR10));
        DataSet erased = firstBatch(options().erasing(1));

        for (DataSet each : new DataSet[] {augmented, learnt, erased}) {
            assertEquals(plain.getLabels(), each.getLabels());
            assertNotEquals(plain.getFeatures(), each.getFeatures());
        }
        for (DataSet each : new DataSet[] {mixed, pasted}) {
            assertNotEquals(plain.getFeatures(), each.getFeatures());
            assertTrue(each.getLabels()
                            .neq(0)
                            .castTo(each.getLabels().dataType())
                            .sumNumber()
                            .intValue()
                    > 8);
            assertEquals(8, each.getLabels().sumNumber().doubleValue(), 1e-5);
        }
    }

    @Test
    void theSameSeedGivesTheSameImages() {
        assertEquals(
                firstBatch(options().randAugment(10).mixup(0.5)),
                firstBatch(options().randAugment(10).mixup(0.5).workers(3)));
        TrainingOptionsBuilder other = options()
                .augmentation(Augmentation.AUTOAUGMENT_IMAGENET)
                .erasing(0.5)
                .erasingFilling(Filling.NOISE);
        assertEquals(firstBatch(other), firstBatch(other.workers(3)));
    }

    private static TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .model("efficientnet_v2_b0")
                .source("shapes:40")
                .size(32)
                .batch(8)
                .epochs(1)
                .workers(1);
    }

    private static DataSet firstBatch(TrainingOptionsBuilder builder) {
        ImageTraining training = ImageTraining.prepare(builder);
        TrainingStage stage =
                new StagePipelines(training.options(), training.data()).stages().get(0);
        try (EpochBatches batches = new EpochBatches(stage.training().epoch(0))) {
            return batches.next();
        }
    }
}
