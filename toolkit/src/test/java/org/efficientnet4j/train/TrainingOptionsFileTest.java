package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOptionsFileTest {
    @Test
    void everyOptionComesBack() {
        TrainingOptions options = TrainingOptions.builder()
                .model("efficientnet_b3")
                .source("csv:a.csv:dir with space")
                .classes(7)
                .epochs(30)
                .seed(Long.MIN_VALUE)
                .checkpointEvery(3)
                .validationFraction(0.125)
                .size(96)
                .evaluationSize(128)
                .cropFraction(0.9)
                .batch(17)
                .normalization(new Normalization(List.of(1f, 2.5f, 3f), List.of(4f, 5f, 6f)))
                .augmentation(Augmentation.NONE)
                .workers(3)
                .strict(true)
                .optimizer(Optimizer.SGD)
                .learningRate(1e-7)
                .momentum(0.5)
                .weightDecay(1e-5)
                .warmupEpochs(2.5)
                .labelSmoothing(0.05)
                .dropout(0.4)
                .dropConnectRate(0.3)
                .validateEvery(2)
                .patience(4)
                .build();
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
    }

    @Test
    void defaultsComeFromTheModelAndTheOptimiser() {
        TrainingOptions options = TrainingOptions.builder()
                .model("efficientnet_v2_s")
                .source("shapes")
                .classes(10)
                .optimizer(Optimizer.SGD)
                .batch(128)
                .build();
        assertEquals(300, options.data().size());
        assertEquals(384, options.data().evaluationSize());
        assertEquals(Normalization.INCEPTION, options.data().normalization());
        assertEquals(0.2, options.regularization().dropout());
        assertEquals(0.05, options.optimizer().learningRate(), 1e-12);
        assertEquals(1, options.optimizer().warmupEpochs());
    }

    @ParameterizedTest
    @CsvSource({
        "'optimizer: {learningrate: 0.1}', optimizer.learningrate, optimizer.learningRate",
        "'epoch: 3', epoch, epochs",
        "'data: {dropout: 0.3}', data.dropout, regularization.dropout",
    })
    void unknownKeysAreNamedWithTheNearestKnownOne(String yaml, String key, String nearest) {
        assertEquals(
                "Unknown key '" + key + "'; the nearest known one is '" + nearest + "'",
                assertThrows(InvalidInputException.class, () -> TrainingOptionsFile.parse(yaml))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'epochs: 2.5', 'epochs must be a whole number, found 2.5'",
        "'data: 5', 'data must hold keys with values, found 5'",
        "'optimizer: {name: adamx}', 'optimizer.name must be one of adam, adamw, sgd, found \"adamx\"'",
        "'data: {strict: maybe}', 'data.strict must be true or false, found \"maybe\"'",
    })
    void wrongValuesAreNamed(String yaml, String message) {
        assertEquals(
                message,
                assertThrows(InvalidInputException.class, () -> TrainingOptionsFile.parse(yaml))
                        .getMessage());
    }

    @Test
    void duplicateKeysAreRefused() {
        String message = assertThrows(
                        InvalidInputException.class, () -> TrainingOptionsFile.parse("epochs: 1\nepochs: 2\n"))
                .getMessage();
        assertTrue(message.startsWith("Not valid YAML:"), message);
    }

    @ParameterizedTest
    @CsvSource({"data.batch, 0", "data.batch, -4"})
    void outOfRangeValuesNameTheirKey(String key, int batch) {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> TinyTraining.options().batch(batch).build())
                .getMessage();
        assertEquals(key + " must be at least 1, found " + batch, message);
    }

    @Test
    void resumingWithOtherOptionsNamesThem() {
        TrainingOptions stored = TinyTraining.options().build();
        TinyTraining.options().workers(4).patience(2).build().requireContinues(stored);
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> TinyTraining.options().batch(16).build().requireContinues(stored))
                .getMessage();
        assertTrue(message.contains("data.batch (8, now 16)"), message);
    }
}
