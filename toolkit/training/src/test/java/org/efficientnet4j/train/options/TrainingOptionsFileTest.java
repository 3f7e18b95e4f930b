package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveStage;
import org.efficientnet4j.train.progressive.Strengths;
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
                .recalibrate(5)
                .keepCheckpoints(2)
                .checkpointActivations(ActivationCheckpointing.CHEAP)
                .clipNorm(1.5)
                .accumulate(4)
                .schedule(LearningRateShape.EXPONENTIAL)
                .decayRate(0.9)
                .decayEpochs(1.5)
                .randAugment(12)
                .mixup(0.2)
                .cutmix(0.4)
                .erasing(0.25)
                .erasingArea(0.1, 0.2)
                .erasingRatio(0.5, 1.5)
                .erasingFilling(Filling.NOISE)
                .progressive(ProgressiveMode.AUTOML)
                .stages(3)
                .minSize(48)
                .minDropout(0.15)
                .minDropConnectRate(0.1)
                .minRandAugment(6)
                .minMixup(0.1)
                .minCutmix(0.1)
                .sizeMultiple(8)
                .constantMemory(true)
                .averagingDecay(0.999)
                .build();
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
    }

    @Test
    void anAutoAugmentPolicyComesBackByItsName() {
        String yaml = TrainingOptionsFile.write(TinyTraining.options()
                .augmentation(Augmentation.AUTOAUGMENT_CIFAR10)
                .build());
        assertTrue(yaml.contains("augmentation: autoaugment-cifar10"), yaml);
        assertEquals(
                Augmentation.AUTOAUGMENT_CIFAR10,
                TrainingOptionsFile.parse(yaml).build().data().augmentation());
    }

    @Test
    void stagesWrittenDownComeBack() {
        TrainingOptions options = TrainingOptionsFile.parse("""
                        model: efficientnet_v2_b0
                        data: {source: shapes, classes: 10, batch: 16}
                        regularization: {dropout: 0.3, mixup: 0.1}
                        progressive:
                          plan:
                            - {size: 32, epochs: 2, dropout: 0.1, batch: 64}
                            - {size: 64, epochs: 3, randAugment: 5, cutmix: 1e-1}
                        """).build();
        assertEquals(ProgressiveMode.EXPLICIT, options.progressive().mode());
        assertEquals(5, options.epochs());
        assertEquals(64, options.data().size());
        assertEquals(
                List.of(
                        new ProgressiveStage(32, 64, 2, new Strengths(0.1, 0.2, 0, 0.1, 0)),
                        new ProgressiveStage(64, 16, 3, new Strengths(0.3, 0.2, 5, 0.1, 0.1))),
                options.stages().stages());
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
    }

    @ParameterizedTest
    @CsvSource({
        "'[{size: 32}]', 'progressive.plan[0].epochs is missing: every stage needs one'",
        "'[{size: 32, epochs: 1}, {size: x, epochs: 1}]',"
                + " 'progressive.plan[1].size must be a whole number, found \"x\"'",
        "'[{size: 32, epochs: 1, mixUp: 1}]', 'Unknown key ''progressive.plan[0].mixUp''; a stage has"
                + " batch, cutmix, dropConnectRate, dropout, epochs, mixup, randAugment, size'",
        "'[{size: 32, epochs: 1, dropout: 1}]', 'progressive.plan[0]: dropout must lie in [0, 1), found 1.0'",
        "'[{size: 32, epochs: 1, batch: 0}]', 'progressive.plan[0]: A stage needs a size, a batch and epochs of at least 1,"
                + " found 32 px, batch 0, 1 epochs'",
    })
    void wrongStagesAreNamedByTheirPath(String plan, String message) {
        assertEquals(
                message,
                assertThrows(InvalidInputException.class, () -> TrainingOptionsFile.parse(
                                        "model: efficientnet_v2_b0\ndata: {source: shapes,"
                                                + " classes: 10, evaluationSize: 64}\nprogressive: {plan: " + plan
                                                + "}")
                                .build())
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'progressive: {stages: 3}', 'progressive.mode is missing'",
        "'progressive: {mode: paper, stages: 11}', 'progressive.stages must not exceed epochs, found 11 of 10'",
        "'progressive: {mode: paper, minSize: 999}', '1 <= progressive.minSize <= data.size must hold'",
        "'progressive: {mode: paper, minDropout: 0.5}', 'every minimum must be at most the maximum'",
        "'progressive: {mode: explicit}', 'progressive.plan goes with the mode'",
        "'{epochs: 3, progressive: {plan: [{size: 64, epochs: 2}]}}', 'must sum up to epochs, found 2 and 3'",
        "'regularization: {randAugment: 31}', 'regularization.randAugment must lie in [0, 30.0], found 31.0'",
        "'erasing: {probability: 1.5}', 'erasing.probability must lie in [0, 1], found 1.5'",
        "'erasing: {minArea: 0.5}', 'erasing.minArea must be at most erasing.maxArea, found 0.5 and 0.3333333333333333'",
        "'erasing: {minRatio: 0}', 'erasing.minRatio must be above 0 and finite, found 0.0'",
        "'{data: {augmentation: autoaugment-imagenet}, regularization: {randAugment: 5}}', 'are alternatives'",
        "'schedule: {decayRate: 0}', 'schedule.decayRate must lie in (0, 1], found 0.0'",
    })
    void impossibleSchedulesAreRefused(String yaml, String message) {
        String found = assertThrows(InvalidInputException.class, () -> TrainingOptionsFile.parse(yaml)
                        .model("efficientnet_v2_b0")
                        .source("shapes")
                        .classes(10)
                        .build())
                .getMessage();
        assertTrue(found.contains(message), found);
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
        assertEquals(1, options.schedule().warmupEpochs());
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
        "'optimizer: {name: adamx}', 'optimizer.name must be one of adam, adamw, sgd, rmsprop, found \"adamx\"'",
        "'erasing: {filling: grey}', 'erasing.filling must be one of constant, noise, found \"grey\"'",
        "'data: {augmentation: auto}', 'data.augmentation must be one of none, standard, autoaugment-imagenet,"
                + " autoaugment-cifar10, found \"auto\"'",
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
