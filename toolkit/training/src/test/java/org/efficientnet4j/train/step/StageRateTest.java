package org.efficientnet4j.train.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class StageRateTest {
    private static final ISchedule WHOLE = new FixedSchedule(0.01);

    @Test
    void isAShareOfTheRunsRate() {
        assertEquals(0.0025, new StageRate(WHOLE, 0.25, 0, true).valueAt(3, 0), 1e-15);
        assertEquals(0.005, new StageRate(WHOLE, 0.5, 10, false).valueAt(30, 0), 1e-15);
    }

    /** A late Adam under this rate does what an Adam does that began with it (no epsilon: it is not corrected alike). */
    @Test
    void lateAdamStepsAsOneThatBeganWithIt() {
        int first = 500;
        AdamUpdater fresh = updater(WHOLE);
        AdamUpdater late = updater(new StageRate(WHOLE, 1, first, true));
        for (int step = 0; step < 50; step++) {
            INDArray gradient = Nd4j.createFromArray(0.3 * step - 2, 0.1, -4.0).castTo(DataType.DOUBLE);
            INDArray expected = gradient.dup();
            fresh.applyUpdater(expected, step, 0);
            late.applyUpdater(gradient, first + step, 0);
            assertEquals(0, expected.sub(gradient).amaxNumber().doubleValue(), 1e-9, "step " + step);
        }
    }

    private static AdamUpdater updater(ISchedule rate) {
        Adam config = new Adam(rate);
        config.setEpsilon(1e-14);
        AdamUpdater updater = new AdamUpdater(config);
        updater.setStateViewArray(Nd4j.zeros(DataType.DOUBLE, 1, 6), new long[] {1, 3}, 'c', true);
        return updater;
    }
}
