package org.efficientnet4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchMixingTest {
    private static final int IMAGES = 5;
    private static final int SIDE = 8;

    /** Image i is all i, its label class i: every pixel's mean then tells the shares. */
    @Test
    void mixesImagesAndLabelsInTheSameShares() {
        INDArray features = features();
        INDArray labels = Nd4j.eye(IMAGES).castTo(DataType.FLOAT);
        new BatchMixing(0.5, 0).apply(features, labels, new SplittableRandom(1));
        boolean mixed = false;
        for (int i = 0; i < IMAGES; i++) {
            double own = i == 2 ? 1 : labels.getDouble(i, i);
            int partner = IMAGES - 1 - i;
            assertTrue(own >= 0.5 && own <= 1, "own share " + own);
            assertEquals(1, labels.getRow(i).sumNumber().doubleValue(), 1e-6);
            double expected = own * i + (1 - own) * partner;
            assertEquals(expected, features.slice(i).minNumber().doubleValue(), 1e-5);
            assertEquals(expected, features.slice(i).maxNumber().doubleValue(), 1e-5);
            mixed |= own < 1;
        }
        assertTrue(mixed);
    }

    @Test
    void pastesARectangleAndCountsItsPixels() {
        boolean pasted = false;
        for (int seed = 0; seed < 20; seed++) {
            INDArray features = features();
            INDArray labels = Nd4j.eye(IMAGES).castTo(DataType.FLOAT);
            new BatchMixing(0, 1).apply(features, labels, new SplittableRandom(seed));
            for (int i = 0; i < IMAGES; i++) {
                int partner = IMAGES - 1 - i;
                double own = i == partner
                        ? 1
                        : features.slice(i)
                                .eq(i)
                                .castTo(DataType.FLOAT)
                                .meanNumber()
                                .doubleValue();
                assertEquals(own, labels.getDouble(i, i), 1e-6);
                assertEquals(1, labels.getRow(i).sumNumber().doubleValue(), 1e-6);
                if (i != partner) {
                    assertEquals(
                            1 - own,
                            features.slice(i)
                                    .eq(partner)
                                    .castTo(DataType.FLOAT)
                                    .meanNumber()
                                    .doubleValue(),
                            1e-6);
                }
                pasted |= own < 1;
            }
        }
        assertTrue(pasted);
    }

    @Test
    void doesNothingWithoutStrength() {
        INDArray features = features();
        INDArray labels = Nd4j.eye(IMAGES).castTo(DataType.FLOAT);
        new BatchMixing(0, 0).apply(features, labels, new SplittableRandom(1));
        assertEquals(features(), features);
        assertEquals(Nd4j.eye(IMAGES).castTo(DataType.FLOAT), labels);
    }

    /** Beta(a, a) has mean 1/2 and variance 1 / (4 (2a + 1)); within five standard errors, roughly. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.5, 1, 3})
    void drawsBetaVariables(double alpha) {
        SplittableRandom random = new SplittableRandom(7);
        int draws = 40_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double share = BetaSampler.sample(alpha, random);
            assertTrue(share >= 0 && share <= 1);
            sum += share;
            squares += (share - 0.5) * (share - 0.5);
        }
        double variance = 1 / (4 * (2 * alpha + 1));
        assertEquals(0.5, sum / draws, 5 * Math.sqrt(variance / draws));
        assertEquals(variance, squares / draws, 0.02 * variance);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0", "0, -1", "NaN, 0", "0, Infinity"})
    void refusesAnAlphaThatIsNone(double mixup, double cutmix) {
        assertThrows(InvalidInputException.class, () -> new BatchMixing(mixup, cutmix));
    }

    private static INDArray features() {
        INDArray features = Nd4j.zeros(DataType.FLOAT, IMAGES, SIDE, SIDE, 3);
        for (int i = 0; i < IMAGES; i++) {
            features.slice(i).assign(i);
        }
        return features;
    }
}
