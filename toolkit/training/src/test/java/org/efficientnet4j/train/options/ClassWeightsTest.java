package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {
    private static final List<String> LABELS = List.of("cat", "dog", "wild boar");

    private static ClassWeights read(String text) {
        return ClassWeights.TYPE.read("--class-weights", text);
    }

    /** As scikit-learn's {@code compute_class_weight("balanced")}: images / (classes * images of the class). */
    @Test
    void balancedWeightsAreInverseToTheImages() {
        ClassWeights weights = read("balanced").resolved(LABELS, new long[] {100, 20, 30});
        assertArrayEquals(
                new double[] {0.5, 2.5, 150 / 90.0}, weights.vector(LABELS).orElseThrow(), 1e-12);
        assertEquals(weights, read(weights.toString()), "as config.yaml keeps them");
    }

    @Test
    void namedWeightsLeaveTheOthersAtOne() {
        ClassWeights weights = read("dog=2.5, \"wild boar\" = .5");
        assertArrayEquals(
                new double[] {1, 2.5, 0.5},
                weights.resolved(LABELS, new long[3]).vector(LABELS).orElseThrow());
        assertEquals("dog=2.5,\"wild boar\"=0.5", weights.toString());
        assertEquals(Map.of("a,b=c", 2.0), read("\"a,b=c\"=2").byName());
        assertEquals(Optional.empty(), read("none").vector(LABELS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cat", "cat=", "cat=x", "=2", "cat=1;dog=2", "cat=1,,dog=2", "\"cat=1"})
    void refusesWhatIsNoWeight(String text) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> read(text));
        assertTrue(refused.getMessage().startsWith("--class-weights must be none, balanced, or"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat=0", "cat=-1", "cat=NaN", "cat=Infinity"})
    void refusesWeightsThatAreNotAboveZero(String text) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> read(text));
        assertTrue(refused.getMessage().contains("The weight of the class cat must be above 0"), refused.getMessage());
    }

    @Test
    void refusesANameThatIsNoClass() {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> read("cow=2").resolved(LABELS, new long[] {1, 1, 1}));
        assertTrue(refused.getMessage().contains("'cow'; there are cat, dog, wild boar"), refused.getMessage());
    }
}
