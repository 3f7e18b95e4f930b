package org.efficientnet4j.graph;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.Deallocator;
import org.nd4j.linalg.api.memory.abstracts.Nd4jWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.MemoryKind;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.pointers.PagedPointer;

/**
 * A workspace for the CPU that takes blocks of memory as it needs them and keeps them; arrays start at cache lines, since
 * vectors that lie across two take longer. ND4J's own takes its first cycle's arrays one by one, frees them and takes
 * the same once more in one piece, which leaves malloc with as much free memory as the cycle took.
 */
final class StepWorkspace extends Nd4jWorkspace {
    private static final long CACHE_LINE = 64;

    /**
     * Malloc gives so much back to the system once it is free; what of it is never used takes none of the machine's
     * memory.
     */
    private static final long BLOCK_BYTES = 64L << 20;

    private final List<NativeMemory> blocks = new ArrayList<>();
    private int block;
    private long used;

    StepWorkspace(String id) {
        super(
                WorkspaceConfiguration.builder()
                        .initialSize(0)
                        .policyLearning(LearningPolicy.NONE)
                        .policyReset(ResetPolicy.BLOCK_LEFT)
                        .build(),
                id);
    }

    @Override
    public PagedPointer alloc(long requiredMemory, MemoryKind kind, DataType type, boolean initialize) {
        long bytes = (requiredMemory + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
        enterBlockWith(bytes);
        long address = blocks.get(block).address() + used;
        used += bytes;
        cycleAllocations.addAndGet(bytes);
        PagedPointer elements = new PagedPointer(new PagedPointer(address), requiredMemory / type.width());
        if (initialize) {
            Pointer.memset(elements, 0, bytes);
        }
        return elements;
    }

    /**
     * Arrays come in the same order in each cycle, so that a block that is too small for the first of its arrays was made
     * for a batch of another shape: it is replaced.
     */
    private void enterBlockWith(long bytes) {
        if (block < blocks.size()
                && used > 0
                && used + bytes > blocks.get(block).bytes()) {
            block++;
            used = 0;
        }
        if (block == blocks.size()) {
            blocks.add(new NativeMemory(Math.max(bytes, BLOCK_BYTES)));
        } else if (bytes > blocks.get(block).bytes()) {
            blocks.get(block).close();
            blocks.set(block, new NativeMemory(bytes));
        }
    }

    @Override
    public void reset() {
        super.reset();
        block = 0;
        used = 0;
    }

    @Override
    public void destroyWorkspace(boolean extended) {
        super.destroyWorkspace(extended);
        blocks.forEach(NativeMemory::close);
        blocks.clear();
    }

    /** There are none. */
    @Override
    protected void clearExternalAllocations() {}

    /** There are none. */
    @Override
    protected void clearPinnedAllocations(boolean extended) {}

    @Override
    protected void resetWorkspace() {}

    @Override
    public long getPrimaryOffset() {
        return used;
    }

    @Override
    public String getUniqueId() {
        return id + "_" + guid;
    }

    @Override
    public int targetDevice() {
        return deviceId;
    }

    /** Nothing to do: the blocks go with this object. */
    @Override
    public Deallocator deallocator() {
        return () -> {};
    }
}
