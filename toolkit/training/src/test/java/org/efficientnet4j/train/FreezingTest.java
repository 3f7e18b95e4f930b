package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.options.ValidationOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which parameters a partly frozen network changes. */
class FreezingTest {
    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void writeTrainedModel() throws IOException {
        tiny = new TinyFineTuning(folder);
    }

    @ParameterizedTest
    @CsvSource({"stem, 1", "stage1, 2", "stage2, 3", "head, 5"})
    void frozenParametersAndStatisticsStayBitForBit(String stage, int stages) {
        TrainingRun run = tiny.train(
                "run",
                tiny.options()
                        .set(TransferOptions.FREEZE_UNTIL, stage)
                        .set(ValidationOptions.AVERAGING_DECAY, 0.99)
                        .set(ValidationOptions.RECALIBRATE, 2)
                        .set(OptimizerOptions.CLIP_NORM, 5.0));
        tiny.assertFrozen(TinyFineTuning.parameters(run.modelFile()), stages);
        tiny.assertFrozen(TinyFineTuning.parameters(run.lastCheckpoint()), stages);
    }

    /** While stages thaw, with everything that runs the network in between. */
    @Test
    void computingActivationsAgainChangesNoMoreThanRounding() {
        Map<String, INDArray> kept = checkpointed(ActivationCheckpointing.OFF);
        Map<String, INDArray> computed = checkpointed(ActivationCheckpointing.CHEAP);
        assertEquals(computed, checkpointed(ActivationCheckpointing.BLOCKS));
        double difference = 0;
        double all = 0;
        for (Map.Entry<String, INDArray> parameter : kept.entrySet()) {
            difference += Math.pow(parameter.getValue().distance2(computed.get(parameter.getKey())), 2);
            all += Math.pow(parameter.getValue().norm2Number().doubleValue(), 2);
        }
        assertTrue(Math.sqrt(difference / all) < 1e-2, "relative difference " + Math.sqrt(difference / all));
    }

    private Map<String, INDArray> checkpointed(ActivationCheckpointing kind) {
        TrainingRun run = tiny.train(
                kind.name(),
                tiny.options()
                        .set(RunOptions.EPOCHS, 2)
                        .set(TransferOptions.FREEZE_UNTIL, "stage1")
                        .set(TransferOptions.UNFREEZE_EVERY, 1)
                        .set(ValidationOptions.AVERAGING_DECAY, 0.9)
                        .set(ValidationOptions.RECALIBRATE, 2)
                        .set(RunOptions.CHECKPOINT_ACTIVATIONS, kind));
        return TinyFineTuning.parameters(run.modelFile());
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerLeavesTheFrozenPartAlone(Optimizer optimizer) {
        TrainingRun run = tiny.train(
                "run",
                tiny.options().set(TransferOptions.FREEZE_UNTIL, "stage2").set(OptimizerOptions.ALGORITHM, optimizer));
        tiny.assertFrozen(TinyFineTuning.parameters(run.lastCheckpoint()), 3);
    }

    @Test
    void oneStageMoreLearnsEveryFewEpochs() throws IOException {
        TrainingRun run = tiny.train(
                "run",
                tiny.options()
                        .set(RunOptions.EPOCHS, 3)
                        .set(TransferOptions.FREEZE_UNTIL, "stage2")
                        .set(TransferOptions.UNFREEZE_EVERY, 1)
                        .set(RunOptions.KEEP_CHECKPOINTS, 3));
        tiny.assertFrozen(TinyFineTuning.parameters(run.epochCheckpoint(1)), 3);
        tiny.assertFrozen(TinyFineTuning.parameters(run.epochCheckpoint(2)), 2);
        tiny.assertFrozen(TinyFineTuning.parameters(run.lastCheckpoint()), 1);
        String log = Files.readString(run.logFile());
        assertTrue(log.contains("From epoch 3 on: frozen until stem"), log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "onednn", "onednn-vector"})
    void freezesUnderAnyKernels(String kernels) {
        assumeTrue(
                KernelProviders.all().stream()
                        .anyMatch(provider -> provider.name().equals(kernels)
                                && provider.unavailableBecause().isEmpty()),
                kernels + " cannot run here");
        String before = System.getProperty(KernelProviders.PROPERTY);
        System.setProperty(KernelProviders.PROPERTY, kernels);
        try {
            TrainingRun run = tiny.train("run", tiny.options().set(TransferOptions.FREEZE_UNTIL, "stage2"));
            tiny.assertFrozen(TinyFineTuning.parameters(run.lastCheckpoint()), 3);
        } finally {
            if (before == null) {
                System.clearProperty(KernelProviders.PROPERTY);
            } else {
                System.setProperty(KernelProviders.PROPERTY, before);
            }
        }
    }
}
