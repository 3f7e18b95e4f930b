package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings on images of other channels than three, and of either padding. */
class InputChannelsTrainingTest {
    @TempDir
    private Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void prepareModel() throws IOException {
        tiny = new TinyFineTuning(folder);
    }

    private TrainingOptionsBuilder options(String source, int channels) {
        return tiny.options()
                .set(DataOptions.SOURCE, source)
                .set(DataOptions.BATCH, 8)
                .set(RunOptions.EPOCHS, 1)
                .set(DataOptions.CHANNELS, channels);
    }

    /** Two classes of half transparent pictures. */
    private String pictures(int type) throws IOException {
        for (String name : new String[] {"dark", "light"}) {
            File directory = Files.createDirectories(folder.resolve("pictures").resolve(name))
                    .toFile();
            for (int i = 0; i < 20; i++) {
                BufferedImage picture = new BufferedImage(32, 32, type);
                for (int pixel = 0; pixel < 32 * 16; pixel++) {
                    picture.setRGB(pixel % 32, pixel / 32, name.equals("dark") ? 0xFF000000 + i : 0xFFFFFFFF - i);
                }
                ImageIO.write(picture, "png", new File(directory, i + ".png"));
            }
        }
        return folder.resolve("pictures").toString();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false"})
    void greyImagesAreTrainedOn(int channels, boolean fromTrained) throws IOException {
        TrainingOptionsBuilder builder = options("shapes:40", channels);
        TrainingRun run = tiny.train("grey", fromTrained ? builder : builder.unset(TransferOptions.INIT));
        ModelFile model = ModelFile.read(run.modelFile());
        assertEquals(channels, model.metadata().channels());
        assertArrayEquals(
                new long[] {4, channels, 3, 3}, model.graph().getParam("stem_W").shape());
        assertTrue(Files.readString(run.configFile()).contains("channels: 1"));
    }

    @Test
    void imagesWithAlphaAreTrainedOn() throws IOException {
        TrainingRun run = tiny.train("alpha", options(pictures(BufferedImage.TYPE_INT_ARGB), 4));
        ModelFile model = ModelFile.read(run.modelFile());
        assertEquals(4, model.metadata().channels());
        assertArrayEquals(
                new long[] {4, 4, 3, 3}, model.graph().getParam("stem_W").shape());
    }

    @Test
    void sourcesWithoutAlphaAreRefused() throws IOException {
        assertRefused(options("shapes:40", 4), "data.channels 4 needs images with an alpha channel");
        assertRefused(options(pictures(BufferedImage.TYPE_INT_RGB), 4), "it has no alpha channel");
        assertRefused(options("shapes:40", 2), "data.channels must be 1, 3 or 4, found 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "symmetric"})
    void paddingIsWhatIsAskedFor(String name) throws IOException {
        Padding padding = Padding.parse(name);
        TrainingRun run = tiny.train(
                "padded", options("shapes:40", 3).unset(TransferOptions.INIT).set(RunOptions.PADDING, padding));
        assertEquals(padding, padding(run));
    }

    /** The trained network of these tests has symmetric padding; a new one has TensorFlow's. */
    @Test
    void paddingIsTheTrainedNetworksUnlessAskedFor() throws IOException {
        assertEquals(Padding.SYMMETRIC, padding(tiny.train("tuned", options("shapes:40", 3))));
        assertEquals(
                Padding.SAME, padding(tiny.train("new", options("shapes:40", 3).unset(TransferOptions.INIT))));
    }

    /** MobileNetV2 was trained with symmetric padding; LeNet's convolutions have none, whatever is asked for. */
    @ParameterizedTest
    @CsvSource({"mobilenet_v2, , SYMMETRIC", "mobilenet_v2, SAME, SAME", "lenet, , 0", "lenet, SAME, 0"})
    void paddingOfANewNetworkIsTheModels(String model, String asked, String expected) throws IOException {
        TrainingOptionsBuilder builder =
                options("shapes:40", 3).set(RunOptions.MODEL, model).unset(TransferOptions.INIT);
        if (asked != null) {
            builder.set(RunOptions.PADDING, Padding.parse(asked));
        }
        ImageTraining training = ImageTraining.prepare(builder);
        FirstNetwork first = new FirstNetwork(
                training.options(), training.model(), training.data().train().labels(), 0.9);
        String convolution =
                training.model().plan().readers(NetworkPlan.INPUT).get(0).name();
        assertEquals(expected, padding(first.create(), convolution).toString());
    }

    private static Padding padding(TrainingRun run) {
        return padding(ModelFile.read(run.modelFile()).graph(), "stem");
    }

    private static Padding padding(ComputationGraph network, String layer) {
        return ((ConvolutionBlock) network.getLayer(layer).conf().getLayer())
                .settings()
                .padding();
    }

    private static void assertRefused(TrainingOptionsBuilder builder, String reason) {
        String message = assertThrows(InvalidInputException.class, () -> ImageTraining.prepare(builder))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }
}
