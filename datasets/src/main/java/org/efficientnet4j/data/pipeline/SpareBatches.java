package org.efficientnet4j.data.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of batches that their consumer gave back. Fresh memory costs more than filling it: the system hands it out page
 * by page, and clears it first.
 */
final class SpareBatches {
    /** Number of batches in use at the same time: one by the consumer, one by the assembler; the others wait in the queue. */
    private static final int MOST = 2;

    private final Deque<DataBuffer> spare = new ArrayDeque<>();

    /** Memory of shape [images, size, size, channels], with anything in it. */
    INDArray take(int images, int size, int channels) {
        long[] shape = {images, size, size, channels};
        synchronized (spare) {
            for (Iterator<DataBuffer> each = spare.iterator(); each.hasNext(); ) {
                DataBuffer memory = each.next();
                if (memory.length() == (long) images * size * size * channels) {
                    each.remove();
                    return Nd4j.create(memory, shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
                }
            }
        }
        return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    }

    /** Keeps a batch's memory, and lets the oldest go where there is enough. */
    void giveBack(DataSet batch) {
        synchronized (spare) {
            if (spare.size() == MOST) {
                spare.removeFirst();
            }
            spare.addLast(batch.getFeatures().data());
        }
    }
}
