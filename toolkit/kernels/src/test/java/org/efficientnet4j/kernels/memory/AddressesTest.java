package org.efficientnet4j.kernels.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class AddressesTest {
    @Test
    void buffersEndWhereTheMemoryEnds() {
        try (NativeMemory memory = new NativeMemory(64)) {
            assertEquals(10, Addresses.floats(memory.address(), 10).capacity());
            assertEquals(64, Addresses.bytes(memory.address(), 64).capacity());
            assertEquals(0, memory.address() % 64);
        }
    }

    @Test
    void readsAndWritesViewsOfAFlatVectorWhereTheyLie() {
        INDArray flat = Nd4j.arange(10).castTo(DataType.FLOAT);
        INDArray view = flat.get(NDArrayIndex.interval(4, 7));
        assertEquals(5f, Addresses.read(view)[1]);
        Addresses.write(new float[] {-1, -2, -3}, view);
        assertEquals(-2, flat.getDouble(5));
        assertEquals(7, flat.getDouble(7));
    }

    @Test
    void refusesArraysWithGapsAndOtherTypes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Addresses.of(Nd4j.ones(DataType.FLOAT, 3, 4).transpose()));
        assertThrows(IllegalArgumentException.class, () -> Addresses.of(Nd4j.ones(DataType.DOUBLE, 3)));
    }
}
