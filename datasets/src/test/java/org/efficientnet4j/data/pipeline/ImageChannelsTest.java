package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.HorizontalFlip;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import org.efficientnet4j.data.source.ImageSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageChannelsTest {
    private static final int SIZE = 4;

    @TempDir
    private Path folder;

    /** Values of Pillow 10's {@code Image.convert("L")}. */
    @Test
    void luminanceIsPillows() {
        byte[] rgb = {
            (byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 10, 20, 30, (byte) 255, (byte) 255, (byte) 255
        };
        byte[] grey = {76, (byte) 150, 29, 18, (byte) 255};
        assertArrayEquals(grey, ImageChannels.luminance(rgb));
    }

    @Test
    void aGreyPipelineYieldsTheNormalisedLuminance() throws IOException {
        INDArray features = features(image(BufferedImage.TYPE_INT_RGB, 0xFF0A141E), 1);
        assertArrayEquals(new long[] {1, 1, SIZE, SIZE}, features.shape());
        assertEquals((18 - 128) / 128.0, features.getDouble(0, 0, 1, 2), 1e-6);
    }

    @Test
    void anAlphaPipelineYieldsColoursOverWhiteAndAlpha() throws IOException {
        INDArray features = features(image(BufferedImage.TYPE_INT_ARGB, 0x80FF0000), 4);
        assertArrayEquals(new long[] {1, 4, SIZE, SIZE}, features.shape());
        double[] expected = {255, 127, 127, 128};
        for (int channel = 0; channel < expected.length; channel++) {
            assertEquals((expected[channel] - 128) / 128, features.getDouble(0, channel, 0, 0), 1e-6);
        }
    }

    /** The left half of the image is opaque red, the right half transparent: both must be mirrored, or neither. */
    @Test
    void alphaIsMirroredWithTheColours() throws IOException {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE / 2; x++) {
                picture.setRGB(x, y, 0xFFFF0000);
            }
        }
        ImageSource source = source(picture);
        boolean mirrored = false;
        for (long seed = 0; seed < 8; seed++) {
            ImagePipeline pipeline = ImagePipeline.builder(source)
                    .size(SIZE)
                    .cropFraction(1)
                    .seed(seed)
                    .channels(4)
                    .normalization(Normalization.INCEPTION)
                    .augmentation(AugmentationPolicy.none().and(new HorizontalFlip(0.5)))
                    .build();
            try (EpochIterator batches = pipeline.epoch(0)) {
                INDArray features = batches.next().getFeatures();
                boolean opaqueLeft = features.getDouble(0, 3, 0, 0) > 0;
                boolean redLeft = features.getDouble(0, 1, 0, 0) < 0;
                assertEquals(redLeft, opaqueLeft);
                mirrored |= !opaqueLeft;
            }
        }
        assertTrue(mirrored, "one of eight seeds must mirror the image");
    }

    @Test
    void imagesWithoutAlphaAreNamed() throws IOException {
        ImageSource source = source(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB));
        String reason = assertThrows(ImageReadException.class, () -> source.readAlpha(0))
                .reason();
        assertTrue(reason.contains("no alpha channel"), reason);
    }

    @Test
    void operationsOnColoursAreRefusedWithAlpha() {
        AugmentationPolicy policy = AugmentationPolicy.none().and(new RandAugment(2, 5));
        String message = assertThrows(InvalidInputException.class, () -> ImageChannels.require(4, policy))
                .getMessage();
        assertTrue(message.contains("must be varied by framing and mirroring alone"), message);
        assertThrows(InvalidInputException.class, () -> ImageChannels.require(2, AugmentationPolicy.none()));
    }

    private INDArray features(BufferedImage picture, int channels) throws IOException {
        ImagePipeline pipeline = ImagePipeline.builder(source(picture))
                .size(SIZE)
                .cropFraction(1)
                .channels(channels)
                .normalization(Normalization.INCEPTION)
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return batches.next().getFeatures();
        }
    }

    private static BufferedImage image(int type, int argb) {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, type);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
            picture.setRGB(pixel % SIZE, pixel / SIZE, argb);
        }
        return picture;
    }

    private ImageSource source(BufferedImage picture) throws IOException {
        Path file = Files.createDirectories(folder).resolve("image.png");
        ImageIO.write(picture, "png", file.toFile());
        return ImageSources.ofFiles(List.of(file), List.of("one"));
    }
}
