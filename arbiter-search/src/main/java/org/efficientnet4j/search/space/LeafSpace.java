package org.efficientnet4j.search.space;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * An Arbiter parameter space of some numbers in [0, 1] that holds no further spaces. Its JSON has what its subclass marks;
 * a base network is there as an architecture file's text.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.NONE,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
abstract class LeafSpace<C extends Choice> implements SearchSpace<C> {
    private int[] indices;

    LeafSpace() {
        indices = new int[0];
    }

    static InvalidInputException foreign(Choice choice, String wanted) {
        return new InvalidInputException("The study must hold " + wanted + ", found '" + choice.label()
                + "': it belongs to another kind of search");
    }

    /** This space's numbers out of a whole search's. */
    final double[] own(double[] all) {
        double[] own = new double[numParameters()];
        for (int i = 0; i < own.length; i++) {
            double value = indices.length == 0 ? all[i] : all[indices[i]];
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("A parameter's value must lie in [0, 1], found " + value);
            }
            own[i] = value;
        }
        return own;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Arbiter declares it
    public final List<ParameterSpace> collectLeaves() {
        return List.of(this);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Arbiter declares it
    public final Map<String, ParameterSpace> getNestedSpaces() {
        return Map.of();
    }

    @Override
    public final boolean isLeaf() {
        return true;
    }

    @Override
    public final void setIndices(int... newIndices) {
        if (newIndices.length != numParameters()) {
            throw new IllegalArgumentException(
                    "The space has " + numParameters() + " parameters, found " + newIndices.length + " indices");
        }
        indices = newIndices.clone();
    }
}
