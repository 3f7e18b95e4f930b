package org.efficientnet4j.kernels.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.efficientnet4j.plan.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationsTest {
    /** At 0 and far out by the limits, at 1 and -2 by hand. */
    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0.9276705", "-2, -0.0907843", "50, 1", "135, 1", "1000, 1", "-50, 0", "-1000, 0"})
    void swishSlopeIsFiniteAndRightForAnyInput(float z, float slope) {
        INDArray values = Nd4j.createFromArray(z);
        assertEquals(slope, Activations.slope(Activation.SWISH, values).getFloat(0), 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void valuesAndSlopesAreTheClosedForms(Activation activation) {
        double[] points = {-40, -6.5, -3.1, -3, -2.9, -1, -0.25, 0, 0.25, 1, 2.9, 3, 3.1, 5.9, 6, 6.1, 40};
        INDArray values = Activations.apply(activation, Nd4j.createFromArray(points));
        INDArray slopes = Activations.slope(activation, Nd4j.createFromArray(points));
        assertEquals(DataType.DOUBLE, slopes.dataType());
        for (int i = 0; i < points.length; i++) {
            assertEquals(activation.value(points[i]), values.getDouble(i), 1e-12, activation + " at " + points[i]);
            assertEquals(activation.slope(points[i]), slopes.getDouble(i), 1e-12, activation + "' at " + points[i]);
        }
    }
}
