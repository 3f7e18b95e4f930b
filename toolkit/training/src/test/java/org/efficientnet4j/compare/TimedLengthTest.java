package org.efficientnet4j.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedLengthTest {
    @ParameterizedTest
    @CsvSource({"1, 32", "120, 35.2", "3600, 301", "10, 320"})
    void fillsTheTimeWithWholeSteps(double seconds, double imagesPerSecond) {
        TimedLength length = TimedLength.of(seconds, imagesPerSecond, 32);
        double steps = seconds * imagesPerSecond / 32;
        assertEquals(0, length.imagesPerEpoch() % 32);
        assertTrue(length.epochs() <= 12);
        // The nearest of five divisions is at most about half of the largest of them off.
        assertEquals(steps, length.images() / 32.0, Math.max(1, 0.06 * steps));
    }
}
