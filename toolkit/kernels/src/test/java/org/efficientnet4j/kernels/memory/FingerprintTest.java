package org.efficientnet4j.kernels.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FingerprintTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1024, 4099})
    void changesWithEachValueAndWithAllTogether(int length) {
        INDArray values = Nd4j.arange(1, length + 1).castTo(DataType.FLOAT);
        long before = Fingerprint.of(values);
        assertEquals(before, Fingerprint.of(values.dup()));
        for (int i : new int[] {0, length / 2, length - 1}) {
            INDArray changed = values.dup();
            changed.putScalar(i, Math.nextUp(changed.getFloat(i)));
            assertNotEquals(before, Fingerprint.of(changed));
        }
        assertNotEquals(before, Fingerprint.of(values.mul(2)), "a common factor");
        assertNotEquals(before, Fingerprint.of(values.neg()), "a common sign");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 1024})
    void changesWithTheOrder(int length) {
        INDArray values = Nd4j.arange(1, length + 1).castTo(DataType.FLOAT);
        INDArray exchanged = values.dup();
        exchanged.putScalar(0, values.getFloat(length - 1));
        exchanged.putScalar(length - 1, values.getFloat(0));
        assertNotEquals(Fingerprint.of(values), Fingerprint.of(exchanged));
    }
}
