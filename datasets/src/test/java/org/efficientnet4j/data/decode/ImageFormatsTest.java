package org.efficientnet4j.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule for every format, on files that Pillow wrote: src/test/fixtures/make_images.py. */
class ImageFormatsTest {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;
    private static final int BLUE = 0x0000FF;
    private static final int WHITE = 0xFFFFFF;

    /** The corners (left to right, above then below) of the upright picture for each orientation, from the EXIF standard. */
    private static final Map<Integer, List<Integer>> CORNERS = new HashMap<>(Map.of(
            1, List.of(RED, GREEN, BLUE, WHITE),
            2, List.of(GREEN, RED, WHITE, BLUE),
            3, List.of(WHITE, BLUE, GREEN, RED),
            4, List.of(BLUE, WHITE, RED, GREEN),
            5, List.of(RED, BLUE, GREEN, WHITE),
            6, List.of(BLUE, RED, WHITE, GREEN),
            7, List.of(WHITE, GREEN, BLUE, RED),
            8, List.of(GREEN, WHITE, RED, BLUE)));

    /** A decoded image. */
    private static final class Picture {
        private final byte[] pixels;
        private final int width;
        private final int height;

        Picture(Mat image) {
            this.pixels = RgbImages.toPixels(image);
            this.width = image.cols();
            this.height = image.rows();
        }

        int width() {
            return width;
        }

        int height() {
            return height;
        }

        int at(int x, int y) {
            int at = 3 * (y * width + x);
            return (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF);
        }

        List<Integer> corners() {
            return List.of(at(2, 2), at(width - 3, 2), at(2, height - 3), at(width - 3, height - 3));
        }
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = ImageFormatsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static Picture picture(byte[] file) throws IOException {
        try (Mat image = ImageDecoder.decode(file, "test image")) {
            return new Picture(image);
        }
    }

    private static void assertNear(List<Integer> expected, List<Integer> actual, int tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            for (int shift : new int[] {16, 8, 0}) {
                int difference = (expected.get(i) >> shift & 0xFF) - (actual.get(i) >> shift & 0xFF);
                assertTrue(
                        Math.abs(difference) <= tolerance,
                        () -> expected.stream().map(Integer::toHexString).toList() + " and "
                                + actual.stream().map(Integer::toHexString).toList());
            }
        }
    }

    static Stream<Arguments> orientations() {
        return Stream.of("jpg", "png", "webp", "tif")
                .flatMap(format -> IntStream.rangeClosed(1, 8).mapToObj(value -> Arguments.of(format, value)));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void everyOrientationIsUndoneInEveryFormat(String format, int value) throws IOException {
        Picture picture = picture(file("orientation-" + value + "." + format));
        assertEquals(value >= 5 ? 16 : 24, picture.width());
        assertEquals(value >= 5 ? 24 : 16, picture.height());
        assertNear(CORNERS.get(value), picture.corners(), format.equals("jpg") ? 4 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "transparent-rgba.png, FF0000",
        "transparent-la.png, 4C4C4C",
        "transparent-palette.png, FF0000",
        "transparent-palette.gif, FF0000",
        "transparent-rgba.webp, FF0000",
        "transparent-rgba.tif, FF0000",
        "transparent-grey1.png, 000000",
        "transparent-grey2.png, 555555",
        "transparent-grey4.png, 555555",
        "transparent-grey8.png, 4C4C4C",
        "transparent-grey16.png, 4C4C4C",
        "transparent-rgb8.png, FF0000",
        "transparent-rgb16.png, FF0000",
        "first-of-two-transparent.webp, FF0000"
    })
    void transparentPixelsAreWhiteInEveryFormat(String name, String colour) throws IOException {
        int left = Integer.parseInt(colour, 16);
        assertNear(List.of(left, WHITE, left, WHITE), picture(file(name)).corners(), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-of-two.tif",
                "first-of-two.gif",
                "first-of-two.png",
                "first-of-two.webp",
                "first-of-two-lossy.webp",
                "still.gif"
            })
    void theFirstPictureIsReadInEveryFormat(String name) throws IOException {
        Picture picture = picture(file(name));
        assertEquals(24, picture.width());
        assertEquals(16, picture.height());
        assertNear(CORNERS.get(1), picture.corners(), name.contains("lossy") ? 40 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset.gif", "offset.webp"})
    void aFirstFrameLiesWhereTheFileSaysOnWhite(String name) throws IOException {
        Picture picture = picture(file(name));
        assertEquals(34, picture.width());
        assertEquals(22, picture.height());
        assertNear(
                List.of(WHITE, RED, GREEN, BLUE, WHITE, WHITE),
                List.of(
                        picture.at(3, 3),
                        picture.at(4, 2),
                        picture.at(27, 2),
                        picture.at(4, 17),
                        picture.at(28, 3),
                        picture.at(20, 19)),
                0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"still.gif", "first-of-two.gif", "first-of-two.webp", "offset.webp"})
    void filesCutShortAreRefused(String name) throws IOException {
        byte[] whole = file(name);
        for (double share : new double[] {0.02, 0.1, 0.3}) {
            byte[] cut = Arrays.copyOf(whole, (int) (share * whole.length));
            assertThrows(ImageReadException.class, () -> picture(cut), () -> name + " cut at " + cut.length);
        }
    }

    static Stream<Arguments> huge() throws IOException {
        ByteBuffer png = ByteBuffer.wrap(file("orientation-1.png").clone());
        png.putInt(16, 30_000).putInt(20, 30_000);
        ByteBuffer gif = ByteBuffer.wrap(file("still.gif").clone()).order(ByteOrder.LITTLE_ENDIAN);
        gif.putShort(6, (short) 30_000).putShort(8, (short) 30_000);
        ByteBuffer bmp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(0, (byte) 'B')
                .put(1, (byte) 'M')
                .putInt(14, 40)
                .putInt(18, 30_000)
                .putInt(22, -30_000);
        ByteBuffer webp = ByteBuffer.wrap(file("offset.webp").clone()).order(ByteOrder.LITTLE_ENDIAN);
        webp.putShort(24, (short) 29_999).putShort(27, (short) 29_999);
        ByteBuffer tiff = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 2);
        tiff.putShort((short) 256).putShort((short) 3).putInt(1).putInt(30_000);
        tiff.putShort((short) 257).putShort((short) 4).putInt(1).putInt(30_000);
        byte[] jpeg = file("orientation-1.jpg").clone();
        for (int at = 0; at < jpeg.length - 8; at++) {
            if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) 30_000).putShort(at + 7, (short) 30_000);
            }
        }
        byte[] pnm = "P6 # comment\n30000\n30000\n255\n...".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of("PNG", png.array()),
                Arguments.of("GIF", gif.array()),
                Arguments.of("BMP", bmp.array()),
                Arguments.of("WebP", webp.array()),
                Arguments.of("TIFF", tiff.array()),
                Arguments.of("JPEG", jpeg),
                Arguments.of("PNM", pnm));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("huge")
    void hugeImagesAreRefusedByTheirHeader(String format, byte[] file) {
        String reason = assertThrows(ImageReadException.class, () -> picture(file), format)
                .reason();
        assertTrue(reason.contains("30,000 x 30,000") && reason.contains("178,956,970"), reason);
        assertTrue(reason.contains(PixelLimit.VARIABLE), reason);
    }

    /** The screen's and the canvas's size stay small. */
    @ParameterizedTest
    @ValueSource(strings = {"offset.gif", "offset.webp"})
    void aPictureThatClaimsMoreThanItsScreenIsRefusedUnread(String name) throws IOException {
        byte[] file = file(name);
        boolean gif = name.endsWith("gif");
        // GIF89a, section 20: width and height behind separator and place. RFC 9649, section 2.7: VP8L's, 14 bits each.
        int at = gif ? find(file, new byte[] {0x2C}, 13) + 5 : find(file, ascii("VP8L"), 12) + 9;
        Arrays.fill(file, at, at + (gif ? 4 : 3), (byte) 0xFF);
        if (!gif) {
            file[at + 3] |= 0x0F;
        }
        long allocated = allocated();
        long resident = Pointer.physicalBytes();
        String reason = assertThrows(ImageReadException.class, () -> picture(file), name)
                .reason();
        assertTrue(reason.contains("178,956,970"), reason);
        assertTrue(allocated() - allocated < 64 << 20, "it must not be unpacked in the heap");
        assertTrue(Pointer.physicalBytes() - resident < 256 << 20, "nor outside it");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int find(byte[] file, byte[] wanted, int from) {
        return IntStream.range(from, file.length - wanted.length)
                .filter(at -> Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length))
                .findFirst()
                .orElseThrow();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void theLimitCanBeRaised() {
        assertEquals(PixelLimit.DEFAULT, PixelLimit.locate(Map.of(), Optional.empty()));
        assertEquals(
                1_000_000_000,
                PixelLimit.locate(Map.of(PixelLimit.VARIABLE, "1_000_000_000"), Optional.empty())
                        .pixels());
        assertEquals(
                7,
                PixelLimit.locate(Map.of(PixelLimit.VARIABLE, "1000"), Optional.of("7"))
                        .pixels());
        Optional<ImageHeader.Size> size = Optional.of(new ImageHeader.Size(30_000, 30_000));
        assertTrue(new PixelLimit(900_000_000).refusal(size).isEmpty());
        for (String wrong : List.of("many", "0", "-1")) {
            assertThrows(
                    InvalidInputException.class,
                    () -> PixelLimit.locate(Map.of(PixelLimit.VARIABLE, wrong), Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orientation-1.jpg",
                "orientation-1.png",
                "orientation-1.webp",
                "orientation-1.tif",
                "still.gif",
                "first-of-two.webp",
                "first-of-two-lossy.webp"
            })
    void headersTellTheSize(String name) throws IOException {
        byte[] file = file(name);
        assertEquals(Optional.of(new ImageHeader.Size(24, 16)), ImageHeader.size(file, ImageFormat.of(file)));
    }
}
