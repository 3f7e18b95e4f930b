package org.efficientnet4j.train.options;

import java.util.List;
import org.efficientnet4j.train.optimizer.TfRmsProp;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/** The algorithms that change weights, each with its defaults. */
public enum Optimizer {
    /** Adam; weight decay is added to the gradient. Source: arXiv 1412.6980. */
    ADAM(1e-5) {
        @Override
        double defaultLearningRate(int batch) {
            return adaptiveRate(batch);
        }

        @Override
        public IUpdater updater(ISchedule learningRate, double momentum) {
            return new Adam(learningRate);
        }
    },
    /** Adam with decoupled weight decay, scaled by the learning rate. Source: arXiv 1711.05101. */
    ADAMW(0.01) {
        @Override
        double defaultLearningRate(int batch) {
            return adaptiveRate(batch);
        }

        @Override
        public IUpdater updater(ISchedule learningRate, double momentum) {
            return new Adam(learningRate);
        }

        @Override
        Regularization decay(double coefficient) {
            return new WeightDecay(coefficient, true);
        }
    },
    /** Stochastic gradient descent with Nesterov momentum; weight decay is added to the gradient. */
    SGD(1e-5) {
        @Override
        double defaultLearningRate(int batch) {
            return 0.1 * batch / 256;
        }

        @Override
        public IUpdater updater(ISchedule learningRate, double momentum) {
            return new Nesterovs(learningRate, momentum);
        }
    },
    /** TensorFlow's RMSProp, the papers' choice; weight decay is added to the gradient. See {@link TfRmsProp}. */
    RMSPROP(1e-5) {
        @Override
        double defaultLearningRate(int batch) {
            return 0.016 * batch / 256;
        }

        @Override
        public IUpdater updater(ISchedule learningRate, double momentum) {
            return new TfRmsProp(learningRate, TfRmsProp.DECAY, momentum, TfRmsProp.EPSILON);
        }
    };

    private final double defaultWeightDecay;

    Optimizer(double defaultWeightDecay) {
        this.defaultWeightDecay = defaultWeightDecay;
    }

    /**
     * The peak learning rate used when none is given, for a new network: 0.1 for each 256 images for SGD, 0.016 for
     * RMSProp; for Adam and AdamW 0.003 at 32 images, growing with the square root up to 0.005.
     *
     * @param batch images a step
     */
    abstract double defaultLearningRate(int batch);

    /** DL4J's configuration of this algorithm; momentum counts where it has one. */
    public abstract IUpdater updater(ISchedule learningRate, double momentum);

    /** Returns whether moments that start at zero are corrected by the number of steps. */
    public boolean correctsBias() {
        return this == ADAM || this == ADAMW;
    }

    double defaultWeightDecay() {
        return defaultWeightDecay;
    }

    Regularization decay(double coefficient) {
        return new L2Regularization(coefficient);
    }

    /** The decay as DL4J's layers want it, empty for none. */
    public List<Regularization> regularization(double coefficient) {
        return coefficient == 0 ? List.of() : List.of(decay(coefficient));
    }

    private static double adaptiveRate(int batch) {
        return Math.min(0.005, 0.003 * Math.sqrt(batch / 32.0));
    }
}
