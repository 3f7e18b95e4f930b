package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.train.TinyTraining;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOptionsFileTest {
    @Test
    void everyOptionComesBack() {
        TrainingOptions options = TrainingOptions.builder()
                .set(RunOptions.MODEL, "efficientnet_b3")
                .set(DataOptions.SOURCE, "csv:a.csv:dir with space")
                .set(DataOptions.CLASSES, 7)
                .set(RunOptions.EPOCHS, 30)
                .set(RunOptions.SEED, Long.MIN_VALUE)
                .set(RunOptions.CHECKPOINT_EVERY, 3)
                .set(DataOptions.VALIDATION_FRACTION, 0.125)
                .set(DataOptions.SPLIT, SplitRule.SHUFFLE)
                .set(DataOptions.SIZE, 96)
                .set(DataOptions.EVALUATION_SIZE, 128)
                .set(DataOptions.CROP_FRACTION, 0.9)
                .set(DataOptions.BATCH, 17)
                .set(DataOptions.NORMALIZATION, new Normalization(List.of(1f, 2.5f, 3f), List.of(4f, 5f, 6f)))
                .set(DataOptions.AUGMENTATION, Augmentation.NONE)
                .set(DataOptions.WORKERS, 3)
                .set(DataOptions.STRICT, true)
                .set(OptimizerOptions.ALGORITHM, Optimizer.SGD)
                .set(OptimizerOptions.LEARNING_RATE, 1e-7)
                .set(OptimizerOptions.MOMENTUM, 0.5)
                .set(OptimizerOptions.WEIGHT_DECAY, 1e-5)
                .set(ScheduleOptions.WARMUP_EPOCHS, 2.5)
                .set(RegularizationOptions.LABEL_SMOOTHING, 0.05)
                .set(RegularizationOptions.DROPOUT, 0.4)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.3)
                .set(ValidationOptions.EVERY, 2)
                .set(ValidationOptions.PATIENCE, 4)
                .set(ValidationOptions.RECALIBRATE, 5)
                .set(RunOptions.KEEP_CHECKPOINTS, 2)
                .set(RunOptions.CHECKPOINT_ACTIVATIONS, ActivationCheckpointing.CHEAP)
                .set(OptimizerOptions.CLIP_NORM, 1.5)
                .set(OptimizerOptions.ACCUMULATE, 4)
                .set(ScheduleOptions.SHAPE, LearningRateShape.EXPONENTIAL)
                .set(ScheduleOptions.DECAY_RATE, 0.9)
                .set(ScheduleOptions.DECAY_EPOCHS, 1.5)
                .set(RegularizationOptions.RAND_AUGMENT, 12.0)
                .set(RegularizationOptions.MIXUP, 0.2)
                .set(RegularizationOptions.CUTMIX, 0.4)
                .set(ErasingOptions.PROBABILITY, 0.25)
                .set(ErasingOptions.MIN_AREA, 0.1)
                .set(ErasingOptions.MAX_AREA, 0.2)
                .set(ErasingOptions.MIN_RATIO, 0.5)
                .set(ErasingOptions.MAX_RATIO, 1.5)
                .set(ErasingOptions.FILLING, Filling.NOISE)
                .set(ProgressiveOptions.MODE, ProgressiveMode.AUTOML)
                .set(ProgressiveOptions.PHASES, 3)
                .set(ProgressiveOptions.MIN_SIZE, 48)
                .set(ProgressiveOptions.MIN_DROPOUT, 0.15)
                .set(ProgressiveOptions.MIN_DROP_CONNECT_RATE, 0.1)
                .set(ProgressiveOptions.MIN_RAND_AUGMENT, 6.0)
                .set(ProgressiveOptions.MIN_MIXUP, 0.1)
                .set(ProgressiveOptions.MIN_CUTMIX, 0.1)
                .set(ProgressiveOptions.SIZE_MULTIPLE, 8)
                .set(ProgressiveOptions.CONSTANT_MEMORY, true)
                .set(ValidationOptions.AVERAGING_DECAY, 0.999)
                .build();
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
    }

    @Test
    void anAutoAugmentPolicyComesBackByItsName() {
        String yaml = TrainingOptionsFile.write(TinyTraining.options()
                .set(DataOptions.AUGMENTATION, Augmentation.AUTOAUGMENT_CIFAR10)
                .build());
        assertTrue(yaml.contains("augmentation: autoaugment-cifar10"), yaml);
        assertEquals(
                Augmentation.AUTOAUGMENT_CIFAR10,
                TrainingOptionsFile.parse(yaml).build().get(DataOptions.AUGMENTATION));
    }

    @Test
    void phasesWrittenDownComeBack() {
        TrainingOptions options = TrainingOptionsFile.parse("""
                        model: efficientnet_v2_b0
                        data: {source: shapes, classes: 10, batch: 16}
                        regularization: {dropout: 0.3, mixup: 0.1}
                        progressive:
                          plan:
                            - {size: 32, epochs: 2, dropout: 0.1, batch: 64}
                            - {size: 64, epochs: 3, randAugment: 5, cutmix: 1e-1}
                        """).build();
        assertEquals(ProgressiveMode.EXPLICIT, options.get(ProgressiveOptions.MODE));
        assertEquals(5, options.get(RunOptions.EPOCHS));
        assertEquals(64, options.get(DataOptions.SIZE));
        assertEquals(
                List.of(
                        new ProgressivePhase(32, 64, 2, new Strengths(0.1, 0.2, 0, 0.1, 0)),
                        new ProgressivePhase(64, 16, 3, new Strengths(0.3, 0.2, 5, 0.1, 0.1))),
                options.phases().phases());
        assertEquals(
                options,
                TrainingOptionsFile.parse(TrainingOptionsFile.write(options)).build());
    }

    @ParameterizedTest
    @CsvSource({
        "'[{size: 32}]', 'progressive.plan[0].epochs is missing: every phase needs one'",
        "'[{size: 32, epochs: 1}, {size: x, epochs: 1}]',"
                + " 'progressive.plan[1].size must be a whole number, found \"x\"'",
        "'[{size: 32, epochs: 1, mixUp: 1}]', 'Unknown key ''progressive.plan[0].mixUp''; a phase has"
                + " batch, cutmix, dropConnectRate, dropout, epochs, mixup, randAugment, size'",
        "'[{size: 32, epochs: 1, dropout: 1}]', 'progressive.plan[0]: dropout must lie in [0, 1), found 1.0'",
        "'[{size: 32, epochs: 1, batch: 0}]', 'progressive.plan[0]: A phase needs a size, a batch and epochs of at least 1,"
                + " found 32 px, batch 0, 1 epochs'",
    })
    void wrongPhasesAreNamedByTheirPath(String plan, String message) {
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
        "'progressive: {mode: paper, minSize: 999}', 'progressive.minSize must be at most data.size, found 999 and '",
        "'progressive: {mode: paper, minDropout: 0.5}', 'progressive.minDropout must be at most regularization.dropout, found 0.5 and 0.2'",
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
                        .set(RunOptions.MODEL, "efficientnet_v2_b0")
                        .set(DataOptions.SOURCE, "shapes")
                        .set(DataOptions.CLASSES, 10)
                        .build())
                .getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void defaultsComeFromTheModelAndTheOptimiser() {
        TrainingOptions options = TrainingOptions.builder()
                .set(RunOptions.MODEL, "efficientnet_v2_s")
                .set(DataOptions.SOURCE, "shapes")
                .set(DataOptions.CLASSES, 10)
                .set(OptimizerOptions.ALGORITHM, Optimizer.SGD)
                .set(DataOptions.BATCH, 128)
                .build();
        assertEquals(300, options.get(DataOptions.SIZE));
        assertEquals(384, options.get(DataOptions.EVALUATION_SIZE));
        assertEquals(Normalization.INCEPTION, options.get(DataOptions.NORMALIZATION));
        assertEquals(0.2, options.get(RegularizationOptions.DROPOUT));
        assertEquals(0.05, options.get(OptimizerOptions.LEARNING_RATE), 1e-12);
        assertEquals(1, options.get(ScheduleOptions.WARMUP_EPOCHS));
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
        String message = assertThrows(InvalidInputException.class, () -> TinyTraining.options()
                        .set(DataOptions.BATCH, batch)
                        .build())
                .getMessage();
        assertEquals(key + " must be at least 1, found " + batch, message);
    }

    /** Version 0.1 knew one rule and wrote none; a new run, and a file that a user wrote, has the new one. */
    @Test
    void aRunsOwnFileWithoutASplitRuleMeansShuffle() {
        String written = TrainingOptionsFile.write(TinyTraining.options().build());
        assertTrue(written.contains("  split: hash\n"), written);
        assertEquals(
                SplitRule.SHUFFLE,
                TrainingOptionsFile.parse(written.replace("  split: hash\n", ""))
                        .build()
                        .get(DataOptions.SPLIT));
        assertEquals(
                SplitRule.HASH, TrainingOptionsFile.parse("epochs: 3").split().rule());
    }

    @Test
    void resumingWithOtherOptionsNamesThem() {
        TrainingOptions stored = TinyTraining.options().build();
        TinyTraining.options()
                .set(DataOptions.WORKERS, 4)
                .set(ValidationOptions.PATIENCE, 2)
                .build()
                .requireContinues(stored);
        String message = assertThrows(InvalidInputException.class, () -> TinyTraining.options()
                        .set(DataOptions.BATCH, 16)
                        .build()
                        .requireContinues(stored))
                .getMessage();
        assertTrue(message.contains("data.batch (8, now 16)"), message);
    }
}
