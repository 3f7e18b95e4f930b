package org.efficientnet4j.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;
    private static final int WHITE = 0xFFFFFF;

    /** A decoded image as Java sees it. */
    private static BufferedImage decode(byte[] file) throws ImageReadException {
        try (Mat image = ImageDecoder.decode(file, "test image")) {
            byte[] pixels = RgbImages.toPixels(image);
            BufferedImage result = new BufferedImage(image.cols(), image.rows(), BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < pixels.length / 3; i++) {
                int rgb = (pixels[3 * i] & 0xFF) << 16 | (pixels[3 * i + 1] & 0xFF) << 8 | (pixels[3 * i + 2] & 0xFF);
                result.setRGB(i % image.cols(), i / image.cols(), rgb);
            }
            return result;
        }
    }

    private static void assertColour(int expected, int actual, int tolerance) {
        for (int shift : new int[] {16, 8, 0}) {
            int difference = Math.abs(((expected >> shift) & 0xFF) - ((actual >> shift) & 0xFF));
            assertTrue(difference <= tolerance, () -> "expected %06x within %d, but got %06x"
                    .formatted(expected, tolerance, actual & 0xFFFFFF));
        }
    }

    private static void assertSame(BufferedImage expected, BufferedImage actual, int tolerance) {
        assertEquals(expected.getWidth(), actual.getWidth());
        assertEquals(expected.getHeight(), actual.getHeight());
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                assertColour(expected.getRGB(x, y) & 0xFFFFFF, actual.getRGB(x, y) & 0xFFFFFF, tolerance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void losslessFormatsKeepEveryPixelInRgbOrder(String format) throws Exception {
        BufferedImage image = EncodedImages.quadrants(6, 4);
        assertSame(image, decode(EncodedImages.encode(image, format)), 0);
    }

    @Test
    void readsPortablePixmaps() throws Exception {
        byte[] file = "P6\n2 1\n255\n......".getBytes(StandardCharsets.US_ASCII);
        byte[] pixels = {(byte) 255, 0, 0, 0, 0, (byte) 255};
        System.arraycopy(pixels, 0, file, file.length - 6, 6);
        BufferedImage image = decode(file);
        assertColour(RED, image.getRGB(0, 0), 0);
        assertColour(BLUE, image.getRGB(1, 0), 0);
    }

    @Test
    void jpegAgreesWithJavasReader() throws Exception {
        BufferedImage image = EncodedImages.quadrants(32, 32);
        byte[] file = EncodedImages.jpeg(image);
        assertSame(ImageIO.read(new ByteArrayInputStream(file)), decode(file), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void greyscaleBecomesThreeEqualChannels(String format) throws Exception {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 77);
        }
        assertColour(0x4D4D4D, decode(EncodedImages.encode(grey, format)).getRGB(9, 5), 1);
    }

    /** Adobe stores inverted inks: 255 is none. Red, green and blue are 255 less ink, times what black leaves. */
    @ParameterizedTest
    @CsvSource({
        "255, 0, 0, 255, FF0000",
        "0, 255, 0, 255, 00FF00",
        "255, 255, 255, 128, 808080",
        "100, 200, 50, 255, 64C832"
    })
    void cmykJpegIsConverted(int cyan, int magenta, int yellow, int black, String rgb) throws Exception {
        byte[] file = EncodedImages.fourComponentJpeg(new int[] {cyan, magenta, yellow, black}, 0);
        assertColour(Integer.parseInt(rgb, 16), decode(file).getRGB(8, 8), 3);
    }

    /**
     * The transform takes the stored (inverted) inks as inks: R = 255 - stored cyan and so on, then JFIF's matrix. So a Y,
     * Cb, Cr of (76, 85, 255), which JFIF's matrix turns into (254, 0, 0), shows as the complement, times what black leaves.
     */
    @ParameterizedTest
    @CsvSource({
        "76, 85, 255, 255, 01FFFF",
        "150, 44, 21, 255, FF00FF",
        "200, 128, 128, 255, 373737",
        "200, 128, 128, 128, 1C1C1C"
    })
    void ycckJpegIsConverted(int luma, int blueness, int redness, int black, String rgb) throws Exception {
        byte[] file = EncodedImages.fourComponentJpeg(new int[] {luma, blueness, redness, black}, 2);
        assertColour(Integer.parseInt(rgb, 16), decode(file).getRGB(8, 8), 3);
    }

    @Test
    void palettesAreResolved() throws Exception {
        BufferedImage image = decode(EncodedImages.encode(EncodedImages.palette(false), "png"));
        assertColour(0x0A141E, image.getRGB(0, 0), 0);
        assertColour(0xC86432, image.getRGB(1, 0), 0);
    }

    @Test
    void transparentPaletteEntriesBecomeWhite() throws Exception {
        BufferedImage image = decode(EncodedImages.encode(EncodedImages.palette(true), "png"));
        assertColour(0x0A141E, image.getRGB(0, 0), 0);
        assertColour(WHITE, image.getRGB(1, 0), 0);
    }

    @Test
    void transparencyIsLaidOverWhite() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFF_64_00_C8);
        image.setRGB(1, 0, 0x00_64_00_C8);
        image.setRGB(2, 0, 0x80_64_00_C8);
        BufferedImage decoded = decode(EncodedImages.encode(image, "png"));
        assertColour(0x6400C8, decoded.getRGB(0, 0), 0);
        assertColour(WHITE, decoded.getRGB(1, 0), 0);
        // alpha 128 of 255: 100 -> 177.2, 0 -> 127, 200 -> 227.4
        assertColour(0xB17FE3, decoded.getRGB(2, 0), 0);
    }

    @Test
    void sixteenBitGreyIsScaledToEight() throws Exception {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 65535);
        image.getRaster().setSample(1, 0, 0, 257 * 99);
        image.getRaster().setSample(2, 0, 0, 300);
        BufferedImage decoded = decode(EncodedImages.encode(image, "png"));
        assertColour(WHITE, decoded.getRGB(0, 0), 0);
        assertColour(0x636363, decoded.getRGB(1, 0), 0);
        assertColour(0x010101, decoded.getRGB(2, 0), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void sixteenBitColourIsScaledToEight(String format) throws Exception {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 3, null);
        raster.setPixel(0, 0, new int[] {257 * 200, 257 * 100, 257 * 50});
        ColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage image = new BufferedImage(colours, raster, false, null);
        assertColour(0xC86432, decode(EncodedImages.encode(image, format)).getRGB(0, 0), 0);
    }

    @Test
    void webpIsRead() throws Exception {
        byte[] rgb = new byte[32 * 32 * 3];
        Arrays.fill(rgb, (byte) 120);
        try (Mat image = RgbImages.fromPixels(rgb, 32, 32);
                BytePointer encoded = new BytePointer()) {
            assertTrue(opencv_imgcodecs.imencode(".webp", image, encoded));
            byte[] file = new byte[(int) encoded.limit()];
            encoded.get(file);
            assertColour(0x787878, decode(file).getRGB(5, 5), 2);
        }
    }

    /** The colours at the four corners (left to right, above then below) that a viewer shows for each orientation. */
    static Stream<Arguments> orientations() {
        return Stream.of(
                Arguments.of(1, new int[] {RED, GREEN, BLUE, WHITE}),
                Arguments.of(2, new int[] {GREEN, RED, WHITE, BLUE}),
                Arguments.of(3, new int[] {WHITE, BLUE, GREEN, RED}),
                Arguments.of(4, new int[] {BLUE, WHITE, RED, GREEN}),
                Arguments.of(5, new int[] {RED, BLUE, GREEN, WHITE}),
                Arguments.of(6, new int[] {BLUE, RED, WHITE, GREEN}),
                Arguments.of(7, new int[] {WHITE, GREEN, BLUE, RED}),
                Arguments.of(8, new int[] {GREEN, WHITE, RED, BLUE}));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void exifOrientationIsUndone(int orientation, int[] corners) throws Exception {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quadrants(48, 32));
        byte[] png = EncodedImages.encode(EncodedImages.quadrants(48, 32), "png");
        assertCorners(corners, orientation, decode(EncodedImages.withExifOrientation(jpeg, orientation)));
        byte[] turnedPng = EncodedImages.withPngChunk(png, "eXIf", EncodedImages.exif(orientation));
        assertCorners(corners, orientation, decode(turnedPng));
    }

    private static void assertCorners(int[] corners, int orientation, BufferedImage image) {
        boolean onItsSide = orientation >= 5;
        assertEquals(onItsSide ? 32 : 48, image.getWidth());
        assertEquals(onItsSide ? 48 : 32, image.getHeight());
        int right = image.getWidth() - 5;
        int low = image.getHeight() - 5;
        assertColour(corners[0], image.getRGB(4, 4), 4);
        assertColour(corners[1], image.getRGB(right, 4), 4);
        assertColour(corners[2], image.getRGB(4, low), 4);
        assertColour(corners[3], image.getRGB(right, low), 4);
    }

    private static String refusal(byte[] file) {
        ImageReadException error = assertThrows(ImageReadException.class, () -> ImageDecoder.decode(file, "folder/x")
                .close());
        assertEquals("folder/x", error.imageId());
        return error.reason();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 0.999})
    void truncatedFilesAreRefused(double share) {
        byte[] jpeg = EncodedImages.jpeg(EncodedImages.quadrants(64, 64));
        byte[] png = EncodedImages.encode(noise(64), "png");
        byte[] cutJpeg = Arrays.copyOf(jpeg, (int) (jpeg.length * share));
        assertTrue(refusal(cutJpeg).contains("cut short"), refusal(cutJpeg));
        byte[] cutPng = Arrays.copyOf(png, (int) (png.length * share) - 12);
        assertTrue(refusal(cutPng).contains("damaged"), refusal(cutPng));
    }

    private static BufferedImage noise(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt(1 << 24));
        }
        return image;
    }

    @Test
    void unsupportedFormatsSayWhatToDo() {
        assertTrue(refusal("\0\0\0\30ftypheic".getBytes(StandardCharsets.ISO_8859_1))
                .contains("HEIC"));
        assertTrue(refusal("<html>404".getBytes(StandardCharsets.ISO_8859_1)).contains("\"<html>40\""));
        assertTrue(refusal(new byte[0]).contains("empty"));
    }

    @Test
    void missingFileIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("gone.jpg");
        ImageReadException error = assertThrows(
                ImageReadException.class, () -> ImageDecoder.read(file).close());
        assertEquals("cannot read image " + file + ": there is no such file", error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "a.jpg, true",
        "a.JPEG, true",
        "a.b.PnG, true",
        "a.txt, false",
        ".jpg, false",
        "jpg, false",
        "a.gif, true"
    })
    void imagesAreToldByExtension(String name, boolean expected) {
        assertEquals(expected, ImageDecoder.isImageName(Path.of("folder", name)));
    }

    @Test
    void realPhotographsAgreeWithJavasReader() throws IOException {
        Path folder = SharedData.require("cats-dogs").resolve("test/dog");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().limit(5).toList()) {
                BufferedImage expected = ImageIO.read(file.toFile());
                BufferedImage actual = decode(Files.readAllBytes(file));
                assertEquals(expected.getWidth(), actual.getWidth());
                assertEquals(expected.getHeight(), actual.getHeight());
                long difference = 0;
                for (int y = 0; y < expected.getHeight(); y++) {
                    for (int x = 0; x < expected.getWidth(); x++) {
                        difference += Math.abs((expected.getRGB(x, y) >> 8 & 0xFF) - (actual.getRGB(x, y) >> 8 & 0xFF));
                    }
                }
                double mean = (double) difference / expected.getWidth() / expected.getHeight();
                assertTrue(mean < 2, () -> file + " differs by " + mean + " in the mean");
            }
        }
    }
}
