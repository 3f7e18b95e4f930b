package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SpareBatchesTest {
    private static final int SIZE = 4;

    private final SpareBatches spare = new SpareBatches();

    private DataBuffer givenBack(int images) {
        INDArray features = Nd4j.create(DataType.FLOAT, images, SIZE, SIZE, 3);
        spare.giveBack(new DataSet(features.permute(0, 3, 1, 2), Nd4j.create(DataType.FLOAT, images, 2)));
        return features.data();
    }

    /** As at the end of an epoch, whose last batch is smaller. */
    @Test
    void keepsWhatABatchOfAnotherSizeCannotUse() {
        DataBuffer full = givenBack(8);
        DataBuffer last = givenBack(6);
        assertSame(last, spare.take(6, SIZE, 3).data());
        INDArray taken = spare.take(8, SIZE, 3);
        assertSame(full, taken.data());
        assertArrayEquals(new long[] {8, SIZE, SIZE, 3}, taken.shape());
        assertNotSame(full, spare.take(8, SIZE, 3).data());
    }

    @Test
    void letsTheOldestGoWhereThereAreTwo() {
        DataBuffer oldest = givenBack(8);
        DataBuffer older = givenBack(6);
        DataBuffer newest = givenBack(8);
        assertSame(newest, spare.take(8, SIZE, 3).data());
        assertNotSame(oldest, spare.take(8, SIZE, 3).data());
        assertSame(older, spare.take(6, SIZE, 3).data());
    }
}
