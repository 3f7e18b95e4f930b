package org.efficientnet4j.graph.layers;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One network's memory for what is between the ends of the block at work (a {@link CheckpointedBlock}'s activations, a
 * {@link FusedTail}'s gradient), outside DL4J's workspaces: its arrays are detached, so that DL4J neither copies nor checks
 * them. Each block takes it from the beginning, over what the one before left. It grows to the largest block.
 */
final class BlockMemory {
    /** Elements from one array's possible start to the next: cache lines, whatever the type. */
    private static final long ALIGNMENT = 16;

    private static final long CACHE_LINE_BYTES = 64;

    private final DataType type;
    private final List<INDArray> overflow = new ArrayList<>();
    private Object owner;
    private INDArray memory;
    private long used;

    BlockMemory(DataType type) {
        this.type = type;
    }

    /** Returns whether the block's arrays are still valid. */
    boolean holds(Object block) {
        return owner == block;
    }

    /** Hands all of it to a block; what another one had here is lost. */
    void begin(Object block) {
        owner = block;
        if (!overflow.isEmpty()) {
            overflow.forEach(INDArray::close);
            overflow.clear();
            if (memory != null) {
                memory.close();
            }
            memory = detached(used + ALIGNMENT);
        }
        used = memory == null ? 0 : elementsToCacheLine(memory);
    }

    /** ND4J's own arrays start anywhere. */
    private static long elementsToCacheLine(INDArray array) {
        long past = array.data().pointer().address() % CACHE_LINE_BYTES;
        return past == 0 ? 0 : (CACHE_LINE_BYTES - past) / array.dataType().width();
    }

    /** Uninitialised, contiguous, alive until another block begins. */
    INDArray allocate(long... shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        long start = used;
        used += (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (memory != null && used <= memory.length()) {
            return Nd4j.create(memory.data(), shape, Nd4j.getStrides(shape, 'c'), start, 'c');
        }
        INDArray array = detached(length);
        overflow.add(array);
        return array.reshape('c', shape);
    }

    private INDArray detached(long length) {
        MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try {
            return Nd4j.createUninitialized(type, length);
        } finally {
            outside.close();
        }
    }
}
