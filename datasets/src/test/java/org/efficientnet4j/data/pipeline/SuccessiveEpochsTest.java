package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An iterator over all epochs, as DL4J's fit and early stopping reset it. */
class SuccessiveEpochsTest {
    private final ImagePipeline pipeline = ImagePipeline.builder(new GeneratedShapes(20, 3, 16))
            .size(16)
            .batch(8)
            .shuffle(true)
            .augmentation(AugmentationPolicy.smallImages())
            .build();

    private static List<INDArray> pass(EpochIterator iterator) {
        List<INDArray> features = new ArrayList<>();
        iterator.forEachRemaining(batch -> features.add(batch.getFeatures()));
        return features;
    }

    private List<INDArray> epoch(int number) {
        try (EpochIterator iterator = pipeline.epoch(number)) {
            return pass(iterator);
        }
    }

    @Test
    void eachResetGoesOnToTheNextEpoch() {
        assertNotEquals(epoch(0), epoch(1));
        try (EpochIterator iterator = pipeline.iterator()) {
            assertEquals(epoch(0), pass(iterator));
            iterator.reset();
            assertEquals(epoch(1), pass(iterator));
            iterator.reset();
            iterator.next();
            iterator.reset();
            assertEquals(epoch(3), pass(iterator), "a pass left early counts");
        }
    }

    @Test
    void aResetBeforeTheFirstBatchChangesNothing() {
        try (EpochIterator iterator = pipeline.iterator()) {
            iterator.reset();
            assertTrue(iterator.hasNext());
            iterator.reset();
            assertEquals(epoch(0), pass(iterator));
        }
    }

    @Test
    void anEpochsOwnIteratorRunsTheSameEpochAgain() {
        try (EpochIterator iterator = pipeline.epoch(2)) {
            List<INDArray> first = pass(iterator);
            iterator.reset();
            assertEquals(first, pass(iterator));
        }
    }
}
