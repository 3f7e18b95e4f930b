package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that can compute again what its forward pass left, as part of a {@link CheckpointedBlock}. */
abstract class RecomputedLayer<C extends ChannelsLastLayer> extends KernelLayer<C> {
    private static final long serialVersionUID = 1L;

    private transient CheckpointedBlock block;
    private transient int place;

    RecomputedLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Makes the layer part of a block. */
    final void join(CheckpointedBlock checkpointed, int placeInBlock) {
        block = checkpointed;
        place = placeInBlock;
    }

    /** Makes the layer keep everything itself. */
    final void leave() {
        block = null;
    }

    /** Where the training's forward pass puts its arrays. */
    final ArrayAllocator arraysOf(LayerArrays arrays) {
        return block == null ? arrays : block.forward(place, arrays);
    }

    /** Called at the beginning of the backward pass. */
    final void restore(LayerArrays arrays) {
        if (block != null) {
            block.restore(arrays);
        }
    }

    final void takeInput(INDArray array) {
        input = array;
    }

    /** Lets go of what the forward pass kept besides the output. */
    abstract void forget();

    /**
     * The forward pass again, without its side effects.
     *
     * @param needsOutput whether the result is used
     * @return the output; undefined where it is not used
     */
    abstract INDArray recompute(boolean needsOutput, ArrayAllocator arrays);
}
