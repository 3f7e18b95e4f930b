package org.efficientnet4j.train.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.ErasingOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class PhasePipelinesTest {
    @Test
    void aPhasesStrengthsReachItsImages() {
        DataSet plain = firstBatch(options());
        DataSet augmented = firstBatch(options().set(RegularizationOptions.RAND_AUGMENT, 10.0));
        DataSet mixed = firstBatch(options().set(RegularizationOptions.MIXUP, 0.5));
        DataSet pasted = firstBatch(options().set(RegularizationOptions.CUTMIX, 1.0));

        DataSet learnt = firstBatch(options().set(DataOptions.AUGMENTATION, Augmentation.AUTOAUGMENT_CIFAR10));
        DataSet erased = firstBatch(options().set(ErasingOptions.PROBABILITY, 1.0));

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
                firstBatch(
                        options().set(RegularizationOptions.RAND_AUGMENT, 10.0).set(RegularizationOptions.MIXUP, 0.5)),
                firstBatch(options()
                        .set(RegularizationOptions.RAND_AUGMENT, 10.0)
                        .set(RegularizationOptions.MIXUP, 0.5)
                        .set(DataOptions.WORKERS, 3)));
        TrainingOptionsBuilder other = options()
                .set(DataOptions.AUGMENTATION, Augmentation.AUTOAUGMENT_IMAGENET)
                .set(ErasingOptions.PROBABILITY, 0.5)
                .set(ErasingOptions.FILLING, Filling.NOISE);
        assertEquals(firstBatch(other), firstBatch(other.set(DataOptions.WORKERS, 3)));
    }

    private static TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, "efficientnet_v2_b0")
                .set(DataOptions.SOURCE, "shapes:40")
                .set(DataOptions.SIZE, 32)
                .set(DataOptions.BATCH, 8)
                .set(RunOptions.EPOCHS, 1)
                .set(DataOptions.WORKERS, 1);
    }

    private static DataSet firstBatch(TrainingOptionsBuilder builder) {
        ImageTraining training = ImageTraining.prepare(builder);
        TrainingPhase phase =
                new PhasePipelines(training.options(), training.data()).phases().get(0);
        try (EpochBatches batches = new EpochBatches(phase.training().epoch(0))) {
            return batches.next();
        }
    }
}
