package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A block's depthwise convolution, squeeze-excite and projection, whose training runs on kernels that work together. What
 * they hand on is of their own content, so that they do so only where nobody else sees it; the first layer decides for
 * all three, from its forward pass to the last backward pass.
 */
final class FusedTail {
    /** DL4J's workspace for all activations of a training step; other passes in training mode have others or none. */
    private static final String TRAINING_STEP = "WS_ALL_LAYERS_ACT";

    /** The layers, in the order of their forward passes. */
    enum Place {
        DEPTHWISE,
        SQUEEZE_EXCITE,
        PROJECTION
    }

    private final BlockMemory memory;
    private boolean running;

    /** @param memory for the gradient that the last layer hands through to the first; one block at a time needs it */
    FusedTail(BlockMemory memory) {
        this.memory = memory;
    }

    /** Called at the beginning of a layer's forward pass in training mode. */
    void enter(Place place, boolean computesAgain, LayerWorkspaceMgr workspaces) {
        if (place == Place.DEPTHWISE) {
            running = !computesAgain
                    && workspaces.hasConfiguration(ArrayType.ACTIVATIONS)
                    && TRAINING_STEP.equals(workspaces.getWorkspaceName(ArrayType.ACTIVATIONS));
        }
    }

    boolean isRunning() {
        return running;
    }

    /** Allocator for a layer's backward pass. */
    ArrayAllocator backward(Place place, LayerArrays arrays) {
        if (place != Place.PROJECTION) {
            return arrays;
        }
        memory.begin(this);
        return new HandedThrough(arrays, memory);
    }

    /** DL4J frees a layer's gradients once the layer before has had them; this one is wanted by the one before that. */
    private record HandedThrough(LayerArrays outside, BlockMemory memory) implements ArrayAllocator {
        @Override
        public INDArray activations(long... shape) {
            return outside.activations(shape);
        }

        @Override
        public INDArray gradient(long... shape) {
            return memory.allocate(shape);
        }

        @Override
        public INDArray working(long... shape) {
            return outside.working(shape);
        }
    }
}
