package org.efficientnet4j.search.study;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of an evaluated trial.
 *
 * @param score what the search maximises
 * @param measures other figures by name, such as {@link #ACCURACY} or {@link #LATENCY_MILLIS}; names hold neither comma nor
 *     equals sign
 */
public record TrialOutcome(double score, Map<String, Double> measures) implements Serializable {
    /** Validation top-1 as a share, the mean over the trial's seeds. */
    public static final String ACCURACY = "accuracy";
    /** Milliseconds of one step of the proxy training, for one image. */
    public static final String STEP_MILLIS = "stepMillis";
    /** Milliseconds in which the whole network classifies one image. */
    public static final String LATENCY_MILLIS = "latencyMillis";

    private static final int MOST_MEASURES = 100;
    private static final int LONGEST_NAME = 100;

    /** Copies the measures. */
    public TrialOutcome {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        if (measures.size() > MOST_MEASURES) {
            throw new IllegalArgumentException(
                    "A trial must have at most " + MOST_MEASURES + " measures, found " + measures.size());
        }
        for (String name : measures.keySet()) {
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.contains(",") || name.contains("=")) {
                throw new IllegalArgumentException("A measure's name must have 1 to " + LONGEST_NAME
                        + " characters, neither comma nor equals sign among them, found \"" + name + "\"");
            }
        }
    }

    /** A score alone. */
    public static TrialOutcome of(double score) {
        return new TrialOutcome(score, Map.of());
    }
}
