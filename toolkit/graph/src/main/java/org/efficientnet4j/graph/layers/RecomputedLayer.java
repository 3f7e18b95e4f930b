package org.efficientnet4j.graph.layers;

import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a block: it can compute again what its forward pass left, as part of a {@link CheckpointedBlock}, or have its
 * training run on kernels that work together with other layers', as part of a {@link FusedTail}.
 *
 * @param <C> its configuration
 * @param <K> its kernel in training
 */
abstract class RecomputedLayer<C extends ChannelsLastLayer, K> extends KernelLayer<C> {
    private static final long serialVersionUID = 1L;

    private transient CheckpointedBlock block;
    private transient int place;
    private transient FusedTail tail;
    private transient FusedTail.Place placeInTail;
    private transient K together;

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

    /** Makes the layer part of a tail, with this kernel. */
    final void join(FusedTail fused, FusedTail.Place placeInFused, K kernel) {
        tail = fused;
        placeInTail = placeInFused;
        together = kernel;
    }

    /** Called at the beginning of the forward pass in training mode. */
    final void enter(LayerWorkspaceMgr workspaces) {
        if (tail != null) {
            tail.enter(placeInTail, block != null, workspaces);
        }
    }

    /** The kernel that the training step at hand runs on. */
    final K training(K own) {
        return tail != null && tail.isRunning() ? together : own;
    }

    /** The tail's kernel, if the layer is part of one. */
    final Optional<K> together() {
        return Optional.ofNullable(together);
    }

    /** Allocator for the backward pass. */
    final ArrayAllocator gradientsOf(LayerArrays arrays) {
        return tail != null && tail.isRunning() ? tail.backward(placeInTail, arrays) : arrays;
    }

    /** Allocator for the forward pass in training. */
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
