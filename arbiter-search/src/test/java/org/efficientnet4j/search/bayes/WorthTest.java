package org.efficientnet4j.search.bayes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorthTest {
    /** phi(0) = .3989, phi(1) - Phi(-1) = .0833; noise as large as the belief moves the mean by 1 / sqrt 2. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0, 0.398942", "1, 0, 1, 0.083315", "2, 0, 2, 0.166631", "1, 1, 0, 0.282095", "0, 1, 0, 0"})
    void aMeasurementsWorthIsTheClosedForm(double deviation, double noise, double distance, double worth) {
        assertEquals(worth, Worth.gain(deviation, noise, distance), 1e-6);
    }

    /** E[max(mean after, other)] - max(mean, other) by drawing truths and measurements. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.3, 0.2", "1, 2, 0.7"})
    void aMeasurementsWorthIsWhatDrawingGives(double deviation, double noise, double distance) {
        Random random = new Random(4);
        int draws = 400_000;
        double sum = 0;
        double share = deviation * deviation / (deviation * deviation + noise * noise);
        for (int i = 0; i < draws; i++) {
            double truth = deviation * random.nextGaussian();
            double posterior = share * (truth + noise * random.nextGaussian());
            sum += Math.max(posterior, distance) - distance;
        }
        assertEquals(Worth.gain(deviation, noise, distance), sum / draws, 0.003);
    }
}
