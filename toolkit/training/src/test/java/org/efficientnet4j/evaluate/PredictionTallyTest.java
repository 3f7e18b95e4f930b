package org.efficientnet4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PredictionTallyTest {
    private static final float[][] TARGETS = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};

    @Test
    void figuresAreThoseCountedByHand() {
        EvaluationResult result = tally(new float[][] {{0.5f, 0.5f}, {0.25f, 0.75f}, {0.75f, 0.25f}, {0, 1}}, TARGETS)
                .result(List.of("cat", "dog"));

        // Row 1 is a tie, which the lower index wins; rows 2 and 3 are wrong.
        assertEquals(0.5, result.top1());
        assertEquals(1, result.top5());
        assertEquals((Math.log(2) + Math.log(4) + Math.log(4) + 0) / 4, result.loss(), 1e-7);
        assertEquals(List.of(List.of(1, 1), List.of(1, 1)), result.confusion());
        assertEquals(new ClassScores("cat", 2, 0.5, 0.5, 0.5), result.perClass().get(0));
    }

    @Test
    void uniformProbabilitiesCostTheLogarithmOfTheClasses() {
        float[][] uniform = {{0.25f, 0.25f, 0.25f, 0.25f}, {0.25f, 0.25f, 0.25f, 0.25f}};
        PredictionTally tally = tally(uniform, new float[][] {{1, 0, 0, 0}, {0, 0, 0, 1}});

        assertEquals(Math.log(4), tally.loss(), 1e-7);
        assertEquals(0.5, tally.top1());
    }

    @Test
    void topFiveLooksAtTheFiveMostProbable() {
        float[] falling = {0.3f, 0.2f, 0.15f, 0.12f, 0.1f, 0.08f, 0.05f};
        PredictionTally tally =
                tally(new float[][] {falling, falling}, new float[][] {{0, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 0, 1, 0}});

        assertEquals(0, tally.top1());
        assertEquals(0.5, tally.top5());
    }

    @Test
    void undefinedProbabilitiesCountAsWrong() {
        PredictionTally tally = tally(new float[][] {{Float.NaN, 0.5f}, {1, 0}}, new float[][] {{1, 0}, {1, 0}});

        assertEquals(1, tally.undefined());
        assertEquals(0.5, tally.top1());
        assertEquals(0.5, tally.top5());
        assertTrue(Double.isNaN(tally.loss()));
        EvaluationResult result = tally.result(List.of("a", "b"));
        assertEquals(List.of(List.of(1, 0), List.of(0, 0)), result.confusion());
        assertTrue(result.toJson().get("loss").isNull());
    }

    @Test
    void impossibleTruthCostsNoMoreThanTheSmallestNormalNumber() {
        assertEquals(
                -Math.log(Float.MIN_NORMAL),
                tally(new float[][] {{0, 1}}, new float[][] {{1, 0}}).loss(),
                1e-6);
    }

    @Test
    void aClassNeverPredictedHasZeroScores() {
        EvaluationResult result = tally(new float[][] {{1, 0}, {1, 0}}, new float[][] {{1, 0}, {0, 1}})
                .result(List.of("cat", "dog"));

        assertEquals(
                new ClassScores("cat", 1, 0.5, 1, 2 / 3.0), result.perClass().get(0));
        assertEquals(new ClassScores("dog", 1, 0, 0, 0), result.perClass().get(1));
    }

    @Test
    void otherShapesAreRefused() {
        PredictionTally tally = new PredictionTally(3);
        assertThrows(
                IllegalArgumentException.class,
                () -> tally.add(Nd4j.createFromArray(TARGETS), Nd4j.createFromArray(TARGETS)));
    }

    private static PredictionTally tally(float[][] probabilities, float[][] targets) {
        PredictionTally tally = new PredictionTally(targets[0].length);
        tally.add(Nd4j.createFromArray(probabilities), Nd4j.createFromArray(targets));
        return tally;
    }
}
