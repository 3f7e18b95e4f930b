package org.efficientnet4j.weights;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Refuses weights that a network cannot compute with: numbers that are not finite, and variances below 0, whose square root
 * is none.
 */
public final class SoundWeights {
    private static final String VARIANCE = "_var";

    private SoundWeights() {}

    /**
     * Checks every parameter of a network.
     *
     * @throws InvalidInputException naming the first parameter that is unsound
     */
    public static void requireIn(ComputationGraph network) {
        boolean finite = network.numParams() == 0 || areFinite(network.params());
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            String name = parameter.getKey();
            INDArray values = parameter.getValue();
            boolean negative = isVariance(name) && values.minNumber().doubleValue() < 0;
            if (negative || !(finite || areFinite(values))) {
                require(name, name, values.dup('c').data().asFloat());
            }
        }
    }

    /**
     * Checks the values of one parameter.
     *
     * @param tensor its name in the file it comes from
     * @param parameter its key in the network, {@code layer_var} for a variance
     * @throws InvalidInputException naming the tensor and the first unsound value
     */
    public static void require(String tensor, String parameter, float[] values) {
        boolean variance = isVariance(parameter);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw unsound("Weights must be finite numbers", values[i], i, tensor);
            }
            if (variance && values[i] < 0) {
                throw unsound("Variances must be at least 0", values[i], i, tensor);
            }
        }
    }

    /** Tells if every number is finite. */
    public static boolean areFinite(INDArray values) {
        return Nd4j.getExecutioner()
                        .exec(new MatchCondition(values, Conditions.notFinite()))
                        .getInt(0)
                == 0;
    }

    private static InvalidInputException unsound(String rule, float value, int index, String tensor) {
        return new InvalidInputException(rule + ", found " + value + " at element " + Numbers.grouped(index) + " of "
                + tensor + " (a training that diverged, or a damaged file)");
    }

    private static boolean isVariance(String parameter) {
        return parameter.endsWith(VARIANCE);
    }
}
