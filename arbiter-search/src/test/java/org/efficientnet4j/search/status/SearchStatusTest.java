package org.efficientnet4j.search.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;

class SearchStatusTest {
    private static final Instant NOW = Instant.EPOCH.plusSeconds(1000);

    private static Trial trial(int number, TrialState state, int startedBefore, int seconds, double score) {
        return new Trial(
                number,
                new CostedCoefficients(new Coefficients(1, 1, 1), 1, 224, new ModelCost(1, 1, 1, 1)),
                List.of(1L),
                state,
                1,
                Optional.empty(),
                Optional.of(NOW.minusSeconds(startedBefore)),
                state.ended() ? Optional.of(NOW.minusSeconds(startedBefore - seconds)) : Optional.empty(),
                state == TrialState.COMPLETE ? OptionalDouble.of(score) : OptionalDouble.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    private static Duration ran(Trial trial) {
        return Duration.between(trial.started().orElseThrow(), NOW);
    }

    /** Trials of 40 s: 10 wait, one runs for 10 s, two at a time: (10 * 40 + 30) / 2. */
    @Test
    void timeLeftIsWhatTheTrialsSoFarTook() {
        List<Trial> trials = List.of(
                trial(0, TrialState.COMPLETE, 100, 30, 0.5),
                trial(1, TrialState.COMPLETE, 100, 50, 0.7),
                trial(2, TrialState.FAILED, 100, 1, 0),
                trial(3, TrialState.RUNNING, 10, 0, 0));
        SearchStatus status = SearchStatus.of(trials, 14, 2, OptionalDouble.empty(), SearchStatusTest::ran);
        assertEquals(14, status.total());
        assertEquals(3, status.ended());
        assertEquals(1, status.failed());
        assertEquals(Duration.ofSeconds(215), status.left().orElseThrow());
        assertEquals(List.of(1, 0), status.best().stream().map(Trial::number).toList());
    }

    @Test
    void nothingIsKnownBeforeTheFirstTrialAndNothingIsLeftAfterTheLast() {
        List<Trial> trials = new ArrayList<>(List.of(trial(0, TrialState.RUNNING, 10, 0, 0)));
        assertEquals(
                Optional.empty(),
                SearchStatus.of(trials, 1, 1, OptionalDouble.empty(), SearchStatusTest::ran)
                        .left());
        trials.set(0, trial(0, TrialState.COMPLETE, 10, 5, 1));
        assertEquals(
                Optional.of(Duration.ZERO),
                SearchStatus.of(trials, 1, 1, OptionalDouble.empty(), SearchStatusTest::ran)
                        .left());
    }
}
