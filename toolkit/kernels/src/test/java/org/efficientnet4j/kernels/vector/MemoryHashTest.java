package org.efficientnet4j.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.Fingerprint;
import org.efficientnet4j.kernels.memory.MemoryHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MemoryHashTest {
    static List<Object[]> cases() {
        List<Object[]> result = new ArrayList<>();
        for (MemoryHash hash : List.<MemoryHash>of(Fingerprint::of, VectorHash::of)) {
            for (int length : new int[] {1, 2, 7, 8, 9, 127, 128, 129, 255, 1024, 4099}) {
                result.add(new Object[] {hash, length});
            }
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesWithEachValueAndWithAllTogether(MemoryHash hash, int length) {
        INDArray values = Nd4j.arange(1, length + 1).castTo(DataType.FLOAT);
        long before = hash.of(values);
        assertEquals(before, hash.of(values.dup()));
        for (int i = 0; i < length; i += Math.max(1, length / 50)) {
            INDArray changed = values.dup();
            changed.putScalar(i, Math.nextUp(changed.getFloat(i)));
            assertNotEquals(before, hash.of(changed), "value " + i);
        }
        assertNotEquals(before, hash.of(values.mul(2)), "a common factor");
        assertNotEquals(before, hash.of(values.neg()), "a common sign");
        assertNotEquals(hash.of(values.mul(0)), hash.of(Nd4j.zeros(DataType.FLOAT, length + 1)), "another length");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesWithTheOrder(MemoryHash hash, int length) {
        if (length < 2) {
            return;
        }
        INDArray values = Nd4j.arange(1, length + 1).castTo(DataType.FLOAT);
        for (int other = 1; other < length; other += Math.max(1, length / 20)) {
            INDArray exchanged = values.dup();
            exchanged.putScalar(0, values.getFloat(other));
            exchanged.putScalar(other, values.getFloat(0));
            assertNotEquals(hash.of(values), hash.of(exchanged), "0 and " + other);
        }
    }

    /** Neighbours in memory are read in one go, others one by one. */
    @ParameterizedTest
    @MethodSource("cases")
    void changesWithEachOfSeveralArrays(MemoryHash hash, int length) {
        INDArray all = Nd4j.arange(0, 3 * length).castTo(DataType.FLOAT);
        INDArray first = all.get(NDArrayIndex.interval(0, length));
        INDArray second = all.get(NDArrayIndex.interval(length, 2 * length));
        INDArray apart = Nd4j.ones(DataType.FLOAT, length);
        Set<Long> seen = new HashSet<>();
        seen.add(hash.of(first, second, apart));
        for (INDArray array : List.of(first, second, apart)) {
            array.putScalar(length - 1, -5);
            assertTrue(seen.add(hash.of(first, second, apart)));
        }
    }

    @Test
    void tellsManyWritesApart() {
        INDArray values = Nd4j.zeros(DataType.FLOAT, 1 << 12);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1 << 16; i++) {
            values.putScalar(i % values.length(), i);
            assertTrue(seen.add(VectorHash.of(Addresses.of(values), values.length())));
        }
    }
}
