package org.efficientnet4j.graph;

import java.util.Optional;
import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Update of a network's weights by its gradient.
 *
 * @param iteration steps before this one, which optimiser and learning rate go by
 * @param epoch epochs before this one
 * @param examples that the gradient is a sum over
 * @param clipNorm the largest Euclidean norm of the gradient's mean over the examples; a longer one is shortened to it; 0
 *     for none
 * @param average of the weights, moved after them
 */
public record WeightStep(int iteration, int epoch, int examples, double clipNorm, Optional<Average> average) {
    /** Clipping factor for a gradient of this norm. */
    double shortening(double norm) {
        double ofMean = norm / examples;
        return clipNorm > 0 && ofMean > clipNorm ? clipNorm / ofMean : 1;
    }

    /** Shortens a gradient by ND4J's operations. */
    public void clip(INDArray gradient) {
        if (clipNorm > 0) {
            double factor = shortening(gradient.norm2Number().doubleValue());
            if (factor < 1) {
                gradient.muli(factor);
            }
        }
    }

    /** Moves the average towards weights by ND4J's operations. */
    public void follow(INDArray weights) {
        average.ifPresent(moving -> {
            INDArray values = moving.values().muli(moving.kept());
            Nd4j.getBlasWrapper().level1().axpy(values.length(), 1 - moving.kept(), weights, values);
        });
    }
}
