package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals of fine-tuning. */
class FineTuningRefusalsTest {
    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void writeTrainedModel() throws IOException {
        tiny = new TinyFineTuning(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "init: nowhere.zip # There is no model file nowhere.zip",
                "freezeUntil: stage1 # transfer.freezeUntil needs transfer.init",
                "init: TRAINED, unfreezeEvery: 2 # transfer.unfreezeEvery needs transfer.freezeUntil",
                "init: TRAINED, freezeUntil: stage9 # transfer.freezeUntil must be one of this model's stages, stem,"
                        + " stage1, stage2, stage3, head; found stage9",
                "init: TRAINED, layerLearningRateDecay: 0 # transfer.layerLearningRateDecay must lie in (0, 1], found 0.0",
                "init: TRAINED, freezeuntil: stem # the nearest known one is 'transfer.freezeUntil'",
                "init: TRAINED, source: theano # transfer.source must be one of torchvision, timm"
            })
    void refusesWhatMakesNoSense(String keys, String message) {
        String yaml = "model: " + tiny.model() + "\ndata: {source: 'shapes:40', size: 32}\ntransfer: " + "{"
                + keys.replace("TRAINED", tiny.init().toString()) + "}";
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> ImageTraining.prepare(TrainingOptionsFile.parse(yaml)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void refusesWeightsOfAnotherModelAndOfOtherChannels() throws IOException {
        String other = Files.writeString(
                        folder.resolve("other.yaml"),
                        TinyFineTuning.ARCHITECTURE.replace("o8", "o12").replace("i8", "i12"))
                .toString();
        ImageTraining wrong = ImageTraining.prepare(tiny.options().set(RunOptions.MODEL, other));
        InvalidInputException architecture = assertThrows(InvalidInputException.class, wrong::requireStart);
        assertTrue(architecture.getMessage().contains("are not a tiny's"), architecture.getMessage());
        tiny.writeTrained(1);
        ImageTraining grey = ImageTraining.prepare(tiny.options());
        InvalidInputException channels = assertThrows(InvalidInputException.class, grey::requireStart);
        assertTrue(channels.getMessage().contains("must be trained on images of 3 channels"), channels.getMessage());
    }
}
