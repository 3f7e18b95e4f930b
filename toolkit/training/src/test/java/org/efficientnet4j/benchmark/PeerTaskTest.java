package org.efficientnet4j.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTaskTest {
    @Test
    void readsWhatItWrites() {
        PeerTask task = new PeerTask("efficientnet_b0", BenchmarkMode.INFER, 8, 224, 20, 1.5, 2);
        assertEquals(List.of("efficientnet_b0", "infer", "8", "224", "20", "1.5", "2"), task.words());
        assertEquals(task, PeerTask.parse(task.words()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b0 train 8 224 20 1",
                "b0 trian 8 224 20 1 2",
                "b0 train eight 224 20 1 2",
                "b0 train 0 224 20 1 2"
            })
    void refusesOthers(String line) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> PeerTask.parse(List.of(line.split(" "))));
        assertTrue(
                refused.getMessage().startsWith("Expected MODEL")
                        || refused.getMessage().contains("found [0, "),
                refused.getMessage());
    }
}
