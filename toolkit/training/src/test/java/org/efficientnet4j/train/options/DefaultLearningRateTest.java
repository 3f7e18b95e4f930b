package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultLearningRateTest {
    @ParameterizedTest
    @CsvSource({
        "ADAM, 8, 0.0015",
        "ADAM, 32, 0.003",
        "ADAMW, 32, 0.003",
        "ADAM, 256, 0.005",
        "SGD, 256, 0.1",
        "SGD, 32, 0.0125"
    })
    void growsWithTheBatch(Optimizer optimizer, int batch, double rate) {
        assertEquals(rate, optimizer.defaultLearningRate(batch), 1e-12);
    }
}
