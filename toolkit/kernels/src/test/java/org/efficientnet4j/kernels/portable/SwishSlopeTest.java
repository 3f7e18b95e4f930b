package org.efficientnet4j.kernels.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SwishSlopeTest {
    /** At 0 and far out by the limits, at 1 and -2 by hand. */
    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0.9276705", "-2, -0.0907843", "50, 1", "135, 1", "1000, 1", "-50, 0", "-1000, 0"})
    void isFiniteAndRightForAnyInput(float z, float slope) {
        INDArray values = Nd4j.createFromArray(z);
        assertEquals(slope, SwishSlope.inPlace(values, values.ulike()).getFloat(0), 1e-6);
    }
}
