package org.efficientnet4j.train.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The state and the arithmetic of {@link TfRmsProp} for one run of parameters; turns gradients into steps in place. */
final class TfRmsPropUpdater implements GradientUpdater<TfRmsProp> {
    static final String SQUARE = "square";
    static final String MOMENT = "moment";

    private final TfRmsProp config;
    private INDArray square;
    private INDArray moment;

    TfRmsPropUpdater(TfRmsProp config) {
        this.config = config;
    }

    @Override
    public TfRmsProp getConfig() {
        return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
        square = state.get(SQUARE);
        moment = state.get(MOMENT);
        if (initialize) {
            square.assign(1);
            moment.assign(0);
        }
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of(SQUARE, square, MOMENT, moment);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] gradientShape, char order, boolean initialize) {
        INDArray flat = view.reshape(view.length());
        long half = flat.length() / 2;
        setState(
                Map.of(
                        SQUARE, flat.get(NDArrayIndex.interval(0, half)),
                        MOMENT, flat.get(NDArrayIndex.interval(half, 2 * half))),
                initialize);
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        double rate = config.getLearningRate(iteration, epoch);
        INDArray flat = gradient.reshape(gradient.length());
        square.muli(config.decay()).addi(flat.mul(flat).muli(1 - config.decay()));
        INDArray root = Transforms.sqrt(square.add(config.epsilon()), false);
        moment.muli(config.momentum()).addi(flat.div(root).muli(rate));
        flat.assign(moment);
    }
}
