package org.efficientnet4j.search.sampler;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/** Tells Arbiter the direction of a search; the score itself is the objective's. */
@JsonAutoDetect(getterVisibility = JsonAutoDetect.Visibility.NONE)
@SuppressWarnings("deprecation") // as Arbiter declares it
public final class HigherIsBetter implements ScoreFunction {
    private static final long serialVersionUID = 1;

    @Override
    public double score(Object model, DataProvider data, Map<String, Object> parameters) {
        throw new UnsupportedOperationException("A trial's score is its objective's");
    }

    @Override
    public double score(Object model, Class<? extends DataSource> data, Properties properties) {
        throw new UnsupportedOperationException("A trial's score is its objective's");
    }

    @Override
    public boolean minimize() {
        return false;
    }

    @Override
    public List<Class<?>> getSupportedModelTypes() {
        return List.of();
    }

    @Override
    public List<Class<?>> getSupportedDataTypes() {
        return List.of();
    }
}
