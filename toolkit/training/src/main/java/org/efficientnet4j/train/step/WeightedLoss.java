package org.efficientnet4j.train.step;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Cross-entropy with a weight for each class, {@code -sum over classes of w y log p}, for the time of a step: the network's
 * own loss function, which its files hold, stays as it is.
 */
final class WeightedLoss {
    private final LossMCXENT weighted;

    /** @param byClass a weight for each class */
    WeightedLoss(double[] byClass) {
        this.weighted = new LossMCXENT(Nd4j.createFromArray(byClass).reshape(1, byClass.length));
    }

    /**
     * Computes gradients by it.
     *
     * @throws InvalidInputException for a network whose loss is another than cross-entropy
     */
    void during(ComputationGraph graph, Runnable computation) {
        BaseOutputLayer output =
                (BaseOutputLayer) graph.getOutputLayer(0).conf().getLayer();
        ILossFunction own = output.getLossFn();
        if (!(own instanceof LossMCXENT)) {
            throw new InvalidInputException("Class weights need a network whose loss is cross-entropy (MCXENT), found "
                    + own.name() + ": train it without");
        }
        output.setLossFn(weighted);
        try {
            computation.run();
        } finally {
            output.setLossFn(own);
        }
    }
}
