package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class StagePipelinesTest {
    @Test
    void aStagesStrengthsReachItsImages() {
        DataSet plain = firstBatch(options());
        DataSet augmented = firstBatch(options().randAugment(10));
        DataSet mixed = firstBatch(options().mixup(0.5));
        DataSet pasted = firstBatch(options().cutmix(1));

        assertEquals(plain.getLabels(), augmented.getLabels());
        assertNotEquals(plain.getFeatures(), augmented.getFeatures());
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
