package org.efficientnet4j.graph;

import java.util.List;
import org.efficientnet4j.backend.Backend;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.factory.Nd4j;

/** Memory of a training step's arrays. */
public final class StepMemory {
    /** DL4J's workspaces: all activations of a step, and gradients by activations, of which up to three are open at a time. */
    private static final List<String> WORKSPACES =
            List.of("WS_ALL_LAYERS_ACT", "WS_LAYER_ACT_0", "WS_LAYER_ACT_1", "WS_LAYER_ACT_2");

    /** Told by a look for class files, which takes too long for every step. */
    private static final boolean ON_CPU = Backend.onClassPath() == Backend.CPU;

    private StepMemory() {}

    /**
     * Lets DL4J's training steps in the calling thread take their arrays from workspaces that suit our kernels and take less
     * memory; to be called before each step, as whoever destroys the thread's workspaces destroys these. Those that DL4J
     * opened before are replaced. On backends other than the CPU nothing changes.
     */
    public static void prepare() {
        if (!ON_CPU) {
            return;
        }
        MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
        for (String id : WORKSPACES) {
            MemoryWorkspace present =
                    manager.checkIfWorkspaceExists(id) ? manager.getWorkspaceForCurrentThread(id) : null;
            if (!(present instanceof StepWorkspace)) {
                manager.destroyWorkspace(present);
                manager.setWorkspaceForCurrentThread(new StepWorkspace(id), id);
            }
        }
    }
}
