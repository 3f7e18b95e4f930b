package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOption;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.run.RunExtension;
import org.efficientnet4j.train.run.ScheduleChange;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTrainingTest {
    /** A tenth of the run, between the decay of 10 steps and the published one of 100. */
    @ParameterizedTest
    @CsvSource({"1, 0.9", "100, 0.9", "200, 0.95", "500, 0.98", "1000, 0.99", "100000, 0.99"})
    void batchNormForgetsATenthOfTheRunAtMost(long steps, double decay) {
        assertEquals(decay, ImageTraining.batchNormDecay(steps), 1e-12);
    }

    private static TrainingOptionsBuilder shapes() {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, "efficientnet_v2_b0")
                .set(DataOptions.SOURCE, "shapes:40");
    }

    @Test
    void preparingLeavesItsArgumentAsItIs() {
        TrainingOptionsBuilder given = shapes();
        ImageTraining first = ImageTraining.prepare(given);
        assertEquals(64, first.options().get(DataOptions.SIZE));
        for (TrainingOption<?> option : TrainingOption.all()) {
            assertEquals(
                    option.equals(RunOptions.MODEL) || option.equals(DataOptions.SOURCE),
                    given.isSet(option),
                    option.path());
        }
    }

    /** A program's own network needs neither a name nor a file, to train or to resume. */
    @Test
    void aNetworkThatIsGivenIsNotLookedUp(@TempDir Path folder) {
        ArchitectureSpec spec = new ArchitectureSpec(4, BlockNotation.parse(4, List.of("r1_k3_s2_e1_i4_o4_c1")), 8);
        ModelDefinition own = new ModelDefinition(
                "of_my_own", spec, CompoundScaling.NONE, ChannelRounding.PLAIN, 48, 48, 0.1, Normalization.IMAGENET);
        TrainingOptionsBuilder given = TrainingOptions.builder()
                .set(DataOptions.SOURCE, "shapes:40")
                .set(DataOptions.BATCH, 8)
                .set(DataOptions.WORKERS, 1)
                .set(RunOptions.EPOCHS, 1);
        ImageTraining training = ImageTraining.prepare(given, own);
        assertEquals("of_my_own", training.options().get(RunOptions.MODEL));
        assertEquals(0.1, training.options().get(RegularizationOptions.DROPOUT));
        training.trainer(TrainingRun.create(folder.resolve("run"), training.options()))
                .train();

        TrainingRun stored = TrainingRun.open(folder.resolve("run"));
        assertEquals(own.plan(), stored.model().plan());
        RunExtension longer = new RunExtension(2, ScheduleChange.EXTEND);
        TrainingOptions options = longer.of(stored);
        TrainingRun run = TrainingRun.resume(stored.directory(), options, longer);
        assertEquals(
                2,
                ImageTraining.prepare(options.toBuilder(), stored.model())
                        .trainer(run)
                        .train()
                        .epochs());
    }

    @Test
    void mistakesInOptionsModelAndDataAreToldTogether() {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> ImageTraining.prepare(TrainingOptions.builder()
                                .set(RunOptions.MODEL, "efficientnet_b99")
                                .set(DataOptions.SOURCE, "nowhere/at/all")
                                .set(DataOptions.BATCH, 0)))
                .getMessage();
        assertTrue(message.startsWith("Found 3 mistakes:"), message);
        for (String part : List.of("efficientnet_b99", "nowhere/at/all", "data.batch must be at least 1")) {
            assertTrue(message.contains(part), message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "paper, 96, , 64 64 96 96, ''",
        "paper, 128, , 64 96 96 128, ''",
        "paper, 128, 32, 32 64 96 128, below twice the network's stride",
        "paper, 100, , 64 64 96 100, between multiples",
        "automl, 160, , 96 128 128 160, ''",
        "off, 48, , 48, ''",
    })
    void progressiveSizesAreMultiplesOfTheStrideFromTwiceOn(
            String mode, int size, Integer minSize, String sizes, String warning) {
        TrainingOptionsBuilder builder = shapes().set(DataOptions.SIZE, size)
                .set(ProgressiveOptions.MODE, ProgressiveMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        if (minSize != null) {
            builder.set(ProgressiveOptions.MIN_SIZE, minSize);
        }
        ImageTraining training = ImageTraining.prepare(builder);
        assertEquals(
                sizes,
                training.options().phases().phases().stream()
                        .map(phase -> Integer.toString(phase.size()))
                        .collect(Collectors.joining(" ")));
        String found = String.join("; ", training.warnings());
        assertEquals(warning.isEmpty(), found.isEmpty(), found);
        assertTrue(found.contains(warning), found);
    }

    @Test
    void publishedRangesAreTakenAsTheyAre() {
        ImageTraining training = ImageTraining.prepare(shapes().set(RunOptions.MODEL, "efficientnet_v2_s")
                .set(ProgressiveOptions.MODE, ProgressiveMode.PAPER));
        assertEquals(List.of(), training.warnings());
    }
}
