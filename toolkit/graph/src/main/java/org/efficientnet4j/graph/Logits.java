package org.efficientnet4j.graph;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier's outputs before softmax, for numerical comparison with other libraries. */
public final class Logits {
    private Logits() {}

    /**
     * Runs a network in inference mode.
     *
     * @param network one softmax output {@code [N, classes]}; not used by another thread meanwhile
     * @param images {@code [N, C, H, W]}, normalised
     * @return {@code [N, classes]}
     */
    public static INDArray of(ComputationGraph network, INDArray images) {
        OutputLayer classifier = (OutputLayer) network.getOutputLayer(0).conf().getLayer();
        IActivation softmax = classifier.getActivationFn();
        classifier.setActivationFn(new ActivationIdentity());
        try {
            return network.outputSingle(images);
        } finally {
            classifier.setActivationFn(softmax);
        }
    }
}
