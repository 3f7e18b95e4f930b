package org.efficientnet4j.search.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an evaluated trial.
 *
 * @param score what the search maximises
 * @param measures other figures by name, such as {@link #ACCURACY} or {@link #LATENCY_MILLIS}; names hold neither comma nor
 *     equals sign
 * @param answers image by image, one of each seed; none where they are not kept
 */
public record TrialOutcome(double score, Map<String, Double> measures, List<Answers> answers) implements Serializable {
    /** Validation top-1 as a share, the mean over the trial's seeds. */
    public static final String ACCURACY = "accuracy";
    /** Milliseconds of one step of the proxy training, for one image. */
    public static final String STEP_MILLIS = "stepMillis";
    /** Milliseconds in which the whole network classifies one image. */
    public static final String LATENCY_MILLIS = "latencyMillis";
    /** The spread of the repeated latencies, from the first to the third quartile. */
    public static final String LATENCY_SPREAD = "latencyMillisSpread";
    /** The spread of the repeated step times, from the first to the third quartile, where they were measured alone. */
    public static final String STEP_SPREAD = "stepMillisSpread";
    /** The share of the most frequent class among the images judged: what a network that learnt nothing reaches. */
    public static final String CHANCE = "chance";
    /** The number of the trial that was trained, where this one would have been the same training. */
    public static final String SAME_AS = "sameAs";

    /** The number that a trial had in the study from which this one was taken over. */
    public static final String TAKEN_FROM = "takenFrom";

    private static final int MOST_MEASURES = 100;
    private static final int LONGEST_NAME = 100;

    /** Copies measures and answers. */
    public TrialOutcome {
        answers = Collections.unmodifiableList(
                new ArrayList<>(answers)); // which serializers of other machines' tasks take
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

    /** An outcome whose answers are not kept. */
    public TrialOutcome(double score, Map<String, Double> measures) {
        this(score, measures, List.of());
    }

    /** A score alone. */
    public static TrialOutcome of(double score) {
        return new TrialOutcome(score, Map.of());
    }
}
