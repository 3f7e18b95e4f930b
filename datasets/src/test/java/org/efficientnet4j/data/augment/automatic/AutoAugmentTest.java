package org.efficientnet4j.data.augment.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.augment.automatic.LearntPolicy.Step;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutoAugmentTest {
    /** Each step of each sub-policy, as {@code reference/torchvision_policies.py} wrote them. */
    @ParameterizedTest
    @CsvFileSource(resources = "/torchvision/autoaugment.csv", numLinesToSkip = 1)
    void hasTorchvisionsPoliciesAndMagnitudes(
            LearntPolicy policy,
            int row,
            int step,
            String operation,
            double probability,
            int magnitude,
            double amount) {
        Step found = policy.subPolicies().get(row).get(step);
        assertEquals(operation, found.operation().published());
        assertEquals(probability, found.probability());
        assertEquals(magnitude, found.magnitude());
        assertEquals(amount, found.operation().amount(magnitude), 2e-5);
    }

    @ParameterizedTest
    @EnumSource
    void hasTwentyFiveSubPolicies(LearntPolicy policy) {
        assertEquals(25, policy.subPolicies().size());
    }

    @ParameterizedTest
    @EnumSource
    void goesEitherWayWhereThereAreTwo(LearntOperation operation) {
        Pixels image = new Pixels(picture(), 32);
        boolean changes = false;
        for (int seed = 0; seed < 20; seed++) {
            Pixels first = operation.apply(image, 5, new SplittableRandom(seed));
            Pixels second = operation.apply(image, 5, new SplittableRandom(seed + 100));
            changes |= !Arrays.equals(first.bytes(), second.bytes());
            assertArrayEquals(picture(), image.bytes());
        }
        assertEquals(
                EnumSet.range(LearntOperation.SHEAR_X, LearntOperation.SHARPNESS)
                        .contains(operation),
                changes);
    }

    @ParameterizedTest
    @EnumSource
    void repeatsFromItsGenerator(LearntPolicy policy) {
        boolean differs = false;
        for (int seed = 0; seed < 20; seed++) {
            byte[] first = applied(policy, seed);
            assertArrayEquals(first, applied(policy, seed));
            differs |= !Arrays.equals(first, applied(policy, seed + 100));
        }
        assertTrue(differs);
    }

    /** CIFAR-10's first sub-policies are rarely idle; without any chance of doing nothing no image would stay. */
    @Test
    void leavesSomeImagesAsTheyAre() {
        long unchanged = IntStream.range(0, 300)
                .filter(seed -> Arrays.equals(picture(), applied(LearntPolicy.CIFAR10, seed)))
                .count();
        assertTrue(unchanged > 10 && unchanged < 150, unchanged + " of 300 unchanged");
    }

    private static byte[] applied(LearntPolicy policy, int seed) {
        try (Mat image = RgbImages.fromPixels(picture(), 32, 32);
                Mat result = new AutoAugment(policy).apply(image, new SplittableRandom(seed))) {
            return RgbImages.toPixels(result);
        }
    }

    private static byte[] picture() {
        try (Mat image = new GeneratedShapes(3, 1, 32).read(1)) {
            return RgbImages.toPixels(image);
        }
    }
}
