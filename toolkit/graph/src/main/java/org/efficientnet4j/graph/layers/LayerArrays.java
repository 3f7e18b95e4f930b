package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays in the workspaces DL4J opened for the current call. */
record LayerArrays(LayerWorkspaceMgr workspaces, DataType type, ArrayType workingMemory) implements ArrayAllocator {
    static LayerArrays forward(LayerWorkspaceMgr workspaces, DataType type) {
        return new LayerArrays(workspaces, type, ArrayType.FF_WORKING_MEM);
    }

    static LayerArrays backward(LayerWorkspaceMgr workspaces, DataType type) {
        return new LayerArrays(workspaces, type, ArrayType.BP_WORKING_MEM);
    }

    @Override
    public INDArray activations(long... shape) {
        return workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, shape, 'c');
    }

    @Override
    public INDArray gradient(long... shape) {
        return workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, type, shape, 'c');
    }

    @Override
    public INDArray working(long... shape) {
        return workspaces.createUninitialized(workingMemory, type, shape, 'c');
    }

    /** The array itself where it is contiguous in c order and of this type, else a copy. */
    INDArray contiguous(INDArray array) {
        INDArray typed = array.dataType() == type ? array : array.castTo(type);
        return isContiguous(typed) ? typed : working(typed.shape()).assign(typed);
    }

    static boolean isContiguous(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }
}
