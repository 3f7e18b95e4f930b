package org.efficientnet4j.graph;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.graph.layers.FusedBlocks;

/**
 * Training by DL4J's own calls ({@code fit}, early stopping, a loop around them) with the optimiser, kernels and memory of
 * the toolkit's trainer. A matter of the network at run time: configuration, parameters, optimiser's state and files are
 * DL4J's, and results are those without it, to rounding.
 */
public final class FastTraining {
    private FastTraining() {}

    /**
     * Makes a network's {@code fit} faster from now on: {@link FusedUpdater}, {@link FusedBlocks} and {@link StepMemory}
     * together. The state of an optimiser that has run is kept. To be called after {@code setListeners}, which forgets the
     * part that looks after the memory, and once more for a network that was read from a file or copied.
     *
     * @param network initialised; layers that are not the toolkit's stay as they are
     * @return the same network
     */
    public static ComputationGraph install(ComputationGraph network) {
        FusedUpdater.install(network);
        FusedBlocks.install(network, true); // listeners may look at activations
        if (network.getListeners().stream().noneMatch(MemoryListener.class::isInstance)) {
            network.addListeners(new MemoryListener());
        }
        return network;
    }

    /** Prepares each step's memory on the thread that trains. */
    private static final class MemoryListener extends BaseTrainingListener {
        @Override
        public void onEpochStart(Model model) {
            StepMemory.prepare();
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            StepMemory.prepare();
        }
    }
}
