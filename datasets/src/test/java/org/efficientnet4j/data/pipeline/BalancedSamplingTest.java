package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.FrameTarget;
import org.efficientnet4j.data.augment.Interpolation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Epochs of 100 images, 80, 15 and 5 of three classes. */
class BalancedSamplingTest {
    private static final int[] IMAGES = {80, 15, 5};

    /** Grey pictures, each with its index for its colour. */
    private static final ImageSource SOURCE = new ImageSource() {
        @Override
        public int size() {
            return 100;
        }

        @Override
        public List<String> labels() {
            return List.of("a", "b", "c");
        }

        @Override
        public int label(int index) {
            return index < IMAGES[0] ? 0 : index < IMAGES[0] + IMAGES[1] ? 1 : 2;
        }

        @Override
        public String id(int index) {
            return "grey " + index;
        }

        @Override
        public Mat read(int index) {
            return new Mat(8, 8, opencv_core.CV_8UC3, new Scalar(2.0 * index, 2.0 * index, 2.0 * index, 0));
        }

        @Override
        public String description() {
            return "grey pictures";
        }
    };

    private static List<EpochOrder.Visit> visits(int epoch) {
        return EpochOrder.of(SOURCE, options(), epoch);
    }

    private static PipelineOptions options() {
        return new PipelineOptions(
                new FrameTarget(8, 1, Interpolation.BICUBIC),
                8,
                7,
                1,
                1,
                AugmentationPolicy.none(),
                Normalization.UNIT_RANGE,
                3,
                true,
                true,
                false,
                true,
                PipelineOptions.ALL);
    }

    @Test
    void everyClassIsVisitedEquallyOften() {
        int[] total = new int[3];
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] counts = new int[3];
            visits(epoch).forEach(visit -> counts[SOURCE.label(visit.image())]++);
            assertEquals(100, Arrays.stream(counts).sum());
            for (int label = 0; label < 3; label++) {
                assertTrue(counts[label] == 33 || counts[label] == 34, Arrays.toString(counts));
                total[label] += counts[label];
            }
        }
        assertEquals("[100, 100, 100]", Arrays.toString(total), "the odd one goes round");
    }

    @Test
    void aSmallClassIsSeenWholeBeforeItIsRepeatedAndALargeOneNeverRepeated() {
        Set<EpochOrder.Visit> distinct = new HashSet<>(visits(0));
        assertEquals(100, distinct.size(), "a repeated image has another number each time");
        for (EpochOrder.Visit visit : distinct) {
            int label = SOURCE.label(visit.image());
            int rounds = label == 0 ? 1 : label == 1 ? 3 : 7;
            assertTrue(visit.repetition() < rounds, visit.toString());
        }
        for (int image = 95; image < 100; image++) {
            for (int repetition = 0; repetition < 6; repetition++) {
                assertTrue(distinct.contains(new EpochOrder.Visit(image, repetition)), image + " " + repetition);
            }
        }
    }

    @Test
    void passesDifferAndRepeatThemselvesBySeed() {
        assertEquals(visits(4), visits(4));
        assertNotEquals(visits(4), visits(5));
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 12; epoch++) {
            visits(epoch).forEach(visit -> seen.add(visit.image()));
        }
        assertEquals(100, seen.size(), "no image of the large class is never drawn");
    }

    @Test
    void batchesHoldTheDrawnImages() {
        List<Integer> labels = new ArrayList<>();
        try (EpochIterator epoch = ImagePipeline.builder(SOURCE)
                .size(8)
                .batch(10)
                .shuffle(true)
                .balanced(true)
                .build()
                .epoch(0)) {
            for (DataSet batch = epoch.next(); ; batch = epoch.next()) {
                INDArray classes = batch.getLabels().argMax(1);
                for (int i = 0; i < classes.length(); i++) {
                    labels.add(classes.getInt(i));
                }
                if (!epoch.hasNext()) {
                    break;
                }
            }
        }
        assertEquals(100, labels.size());
        assertTrue(labels.stream().filter(label -> label == 2).count() >= 33, labels.toString());
    }
}
