package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.cli.CommandLineRun;
import org.efficientnet4j.train.options.OptionGroup;
import org.efficientnet4j.train.options.TrainingOption;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training's options on the command line. */
class TrainOptionsCommandTest {
    @TempDir
    private Path folder;

    private static CommandLineRun effnet(String... arguments) {
        return CommandLineRun.of(arguments);
    }

    private static CommandLineRun dryRun(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "efficientnetv2_b0", "--dry-run", "--json"));
        if (!List.of(more).contains("--data")) {
            arguments.addAll(List.of("--data", "shapes:200"));
        }
        arguments.addAll(List.of(more));
        return effnet(arguments.toArray(String[]::new));
    }

    private static JsonNode config(String... more) {
        CommandLineRun run = dryRun(more);
        assertEquals(0, run.code(), run.err());
        return run.json().get("config");
    }

    @Test
    void helpListsEveryOptionByGroupWithItsDefault() {
        String help = effnet("train", "--help").out().replaceAll("\\s+", " ");
        int last = 0;
        for (OptionGroup group : OptionGroup.values()) {
            int place = help.indexOf(" " + group.title() + " --", last);
            assertTrue(place > last, group.title());
            last = place;
        }
        for (TrainingOption<?> option : TrainingOption.all()) {
            for (String flag : option.flags()) {
                assertTrue(help.contains(flag), flag);
            }
            assertTrue(
                    option.flags().isEmpty() || help.contains("Default: " + option.defaultText() + "."), option.path());
        }
    }

    @Test
    void mistakesAreToldTogetherAndByTheFlagThatWasTyped() {
        CommandLineRun run = dryRun(
                "--batch",
                "0",
                "--epochs",
                "many",
                "--optimizer=adagrad",
                "--phases",
                "3",
                "--min-dropout",
                "2",
                "--data",
                "nowhere/at/all");
        assertEquals(2, run.code());
        for (String mistake : List.of(
                "--batch must be at least 1, found 0",
                "--epochs must be a whole number, found 'many'",
                "--optimizer must be one of adam, adamw, sgd, rmsprop, found 'adagrad'",
                "--progressive is missing, although phases",
                "--min-dropout must lie in [0, 1), found 2.0",
                "nowhere/at/all")) {
            assertTrue(run.err().contains(mistake), mistake + " in " + run.err());
        }
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void aValueOfAFileIsCalledByItsKeyAndOneOfAFlagByItsFlag() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "data: {batch: -4}\nschedule: {warmupEpochs: 9}\nepochs: 2\n");
        CommandLineRun run = dryRun("--config", file.toString(), "--epochs", "3");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("data.batch must be at least 1, found -4"), run.err());
        assertTrue(run.err().contains("schedule.warmupEpochs must not exceed --epochs, found 9.0 of 3"), run.err());
    }

    @Test
    void phasesAndStagesAreOneOption() {
        for (String flag : List.of("--phases", "--stages")) {
            JsonNode progressive =
                    config("--progressive", "paper", "--size", "160", flag, "2").get("progressive");
            assertEquals(2, progressive.get("stages").asInt());
        }
        CommandLineRun run = dryRun("--progressive", "paper", "--stages", "20");
        assertTrue(run.err().contains("--stages must not exceed --epochs, found 20 of 10"), run.err());
    }

    @Test
    void switchesAndBareFlagsTakeAValueOrNone() throws IOException {
        Path file = Files.writeString(folder.resolve("strict.yaml"), "data: {strict: true}\n");
        assertTrue(config("--strict").get("data").get("strict").asBoolean());
        assertFalse(config("--config", file.toString(), "--strict=false")
                .get("data")
                .get("strict")
                .asBoolean());
        assertEquals(
                "blocks",
                config("--checkpoint-activations").get("checkpointActivations").asText());
        assertEquals(
                "cheap",
                config("--checkpoint-activations", "cheap")
                        .get("checkpointActivations")
                        .asText());
        assertEquals(
                "autoaugment-imagenet",
                config("--augmentation", "AutoAugment_ImageNet")
                        .get("data")
                        .get("augmentation")
                        .asText());
    }

    @Test
    void aProgressiveRunBelowTwiceTheStrideIsWarnedOf() {
        CommandLineRun run = dryRun("--progressive", "paper", "--size", "64", "--min-size", "32");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("Warning: A progressive run learns little below twice"), run.err());
        assertEquals("", dryRun("--progressive", "paper", "--size", "128").err());
    }

    @Test
    void anotherScheduleGoesWithMoreEpochsAlone() {
        CommandLineRun run = dryRun("--schedule", "restart");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("--schedule restart goes with --resume and more --epochs"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"finished", "stopped", "progressive", "fine-tuning", "moved"})
    void aConfigurationOfVersion01IsWrittenAsItWas(String run) throws IOException {
        Path file = Path.of("src/test/resources/fixtures/v0.1/trainings", run, "config.yaml");
        assertEquals(
                Files.readString(file).replace("  classes:", "  split: shuffle\n  classes:"), // its only rule
                TrainingOptionsFile.write(TrainingOptionsFile.read(file).build()));
    }

    private String tiny() throws IOException {
        return TinyArchitecture.write(folder).toString();
    }

    /** On one channel: trained, trained for longer, judged, applied and exported. */
    @Test
    void aGreyModelIsTrainedExtendedAndApplied() throws IOException {
        String out = folder.resolve("grey").toString();
        CommandLineRun run = effnet(
                "train",
                tiny(),
                "--data",
                "shapes:80",
                "--size",
                "32",
                "--epochs",
                "1",
                "--batch",
                "8",
                "--workers",
                "1",
                "--channels",
                "1",
                "--padding",
                "symmetric",
                "--out",
                out,
                "--json");
        assertEquals(0, run.code(), run.err());
        CommandLineRun longer = effnet("train", "--resume", "--epochs", "2", "--out", out, "--json");
        assertEquals(0, longer.code(), longer.err());
        assertEquals(2, longer.json().get("epochs").asInt());
        assertTrue(
                longer.err().contains("from 1 to 2 epochs; its cosine schedule extends over all of them"),
                longer.err());
        CommandLineRun fewer = effnet("train", "--resume", "--epochs", "1", "--out", out);
        assertEquals(2, fewer.code());
        assertTrue(fewer.err().contains("with more epochs than it was started with, 2"), fewer.err());
        String model = out + "/model.zip";
        CommandLineRun evaluation = effnet("evaluate", model, "--data", "shapes:80", "--json");
        assertEquals(0, evaluation.code(), evaluation.err());
        assertEquals(
                longer.json().get("top1").asDouble(),
                evaluation.json().get("top1").asDouble(),
                1e-6);
        String image = "src/test/resources/fixtures/v0.1/image.png";
        assertEquals(0, effnet("predict", model, image).code());
        CommandLineRun export =
                effnet("export", model, "--onnx", folder.resolve("grey.onnx").toString());
        assertEquals(0, export.code(), export.err());
        assertTrue(export.out().contains("images [batch, 1, height, width]"), export.out());
    }
}
