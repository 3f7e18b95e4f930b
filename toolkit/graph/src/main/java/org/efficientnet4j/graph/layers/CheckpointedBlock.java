package org.efficientnet4j.graph.layers;

import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers that follow each other and whose activations in between are not kept: they lie in memory that the next block
 * takes. The layer whose gradient is asked for first computes them again, from the first layer's input, which DL4J keeps;
 * the statistics of the forward pass are used again, so that the running ones move once.
 */
final class CheckpointedBlock {
    private final List<RecomputedLayer<?, ?>> layers;
    private final boolean keepsResult;
    private final boolean keepsConvolutions;
    private final BlockMemory memory;

    /**
     * @param keepsResult whether others than the backward pass of these layers read the last one's output
     * @param keepsConvolutions whether what a layer keeps besides its output stays where DL4J puts it
     */
    CheckpointedBlock(
            List<RecomputedLayer<?, ?>> layers, boolean keepsResult, boolean keepsConvolutions, BlockMemory memory) {
        this.layers = List.copyOf(layers);
        this.keepsResult = keepsResult;
        this.keepsConvolutions = keepsConvolutions;
        this.memory = memory;
    }

    /** From now on the layers are this block's. */
    void connect() {
        for (int place = 0; place < layers.size(); place++) {
            layers.get(place).join(this, place);
        }
    }

    /** Allocator for the forward pass of the layer at a position. */
    ArrayAllocator forward(int place, LayerArrays arrays) {
        if (place == 0) {
            memory.begin(this);
        }
        boolean last = place == layers.size() - 1;
        return new BlockArrays(arrays, memory, keepsResult && last, keepsConvolutions);
    }

    /** Makes the layers' inputs and what they keep what they were in the forward pass. */
    void restore(LayerArrays arrays) {
        if (memory.holds(this)) {
            return;
        }
        memory.begin(this);
        ArrayAllocator inBlock = new BlockArrays(arrays, memory, false, false);
        INDArray result = null;
        for (int place = 0; place < layers.size(); place++) {
            RecomputedLayer<?, ?> layer = layers.get(place);
            if (!keepsConvolutions) {
                layer.forget();
            }
            if (place > 0) {
                layer.takeInput(result);
            }
            result = layer.recompute(place < layers.size() - 1, inBlock);
        }
    }

    /** A layer's arrays, some of them in the block's memory. */
    private record BlockArrays(LayerArrays outside, BlockMemory memory, boolean outputOutside, boolean keptOutside)
            implements ArrayAllocator {
        @Override
        public INDArray activations(long... shape) {
            return outputOutside ? outside.activations(shape) : memory.allocate(shape);
        }

        @Override
        public INDArray kept(long... shape) {
            return keptOutside ? outside.kept(shape) : memory.allocate(shape);
        }

        @Override
        public INDArray gradient(long... shape) {
            return outside.gradient(shape);
        }

        @Override
        public INDArray working(long... shape) {
            return outside.working(shape);
        }
    }
}
