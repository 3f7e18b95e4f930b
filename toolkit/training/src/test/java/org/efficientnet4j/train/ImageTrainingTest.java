package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTrainingTest {
    /** A tenth of the run, between the decay of 10 steps and the published one of 100. */
    @ParameterizedTest
    @CsvSource({"1, 0.9", "100, 0.9", "200, 0.95", "500, 0.98", "1000, 0.99", "100000, 0.99"})
    void batchNormForgetsATenthOfTheRunAtMost(long steps, double decay) {
        assertEquals(decay, ImageTraining.batchNormDecay(steps), 1e-12);
    }
}
