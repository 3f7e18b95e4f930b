package org.efficientnet4j.data.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.fuzzing.Damage;
import org.efficientnet4j.fuzzing.Fuzzing;
import org.efficientnet4j.fuzzing.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged images at each build; {@code toolkit/fuzz-weights [COUNT [SEED]]} reads many. */
class ImageFuzzingTest {
    /** Pixel limit: a damaged header may claim gigabytes, which decoding would honestly take. */
    private static final long MOST_PIXELS = 4_000_000;

    /** Heap: a GIF is unpacked there; pixels of the claimed size at 8 bytes each, and a little. */
    private static final long HEAP_BYTES = 8 * MOST_PIXELS + (8L << 20);

    /** Native memory that may stay with the process: libraries' caches and fragmented heaps, but no leak a file. */
    private static final long MOST_RESIDENT_BYTES = 512L << 20;

    @TempDir
    Path folder;

    @Test
    void everyDamagedImageIsDecodedOrRefused() throws IOException, URISyntaxException {
        String before = System.getProperty(PixelLimit.PROPERTY);
        System.setProperty(PixelLimit.PROPERTY, String.valueOf(MOST_PIXELS));
        try {
            Damage damage = new Damage(Fuzzing.seed());
            List<Target> targets = new ArrayList<>();
            for (byte[] image : images()) {
                targets.add(new Target("damaged.jpg", image, damage::damaged, ImageFuzzingTest::decode, HEAP_BYTES));
            }
            long resident = Pointer.physicalBytes();
            assertTrue(Fuzzing.run("images", folder, targets, 600).isTelling());
            long grown = Pointer.physicalBytes() - resident;
            assertTrue(grown < MOST_RESIDENT_BYTES, grown + " bytes more are resident");
        } finally {
            if (before == null) {
                System.clearProperty(PixelLimit.PROPERTY);
            } else {
                System.setProperty(PixelLimit.PROPERTY, before);
            }
        }
    }

    private static void decode(Path file) {
        try (Mat image = ImageDecoder.read(file)) {
            if (image.channels() != 3 || image.empty()) {
                throw new IllegalStateException("An image came with " + image.channels() + " channels");
            }
        } catch (ImageReadException refused) {
            throw new InvalidInputException(refused.reason(), refused);
        }
    }

    /** Every format with its properties: turned, transparent, 16 bits, animated, of several pages. */
    private static List<byte[]> images() throws IOException, URISyntaxException {
        List<byte[]> images = new ArrayList<>();
        for (String name : List.of(
                "orientation-6.jpg",
                "orientation-6.png",
                "orientation-6.tif",
                "orientation-6.webp",
                "first-of-two.gif",
                "first-of-two.png",
                "first-of-two.tif",
                "first-of-two.webp",
                "first-of-two-lossy.webp",
                "offset.gif",
                "offset.webp",
                "transparent-grey1.png",
                "transparent-grey16.png",
                "transparent-palette.gif",
                "transparent-palette.png",
                "transparent-rgb16.png",
                "transparent-rgba.tif",
                "transparent-rgba.webp")) {
            images.add(Files.readAllBytes(Path.of(Objects.requireNonNull(ImageFuzzingTest.class.getResource(name), name)
                    .toURI())));
        }
        images.add(EncodedImages.encode(EncodedImages.quadrants(40, 30), "bmp"));
        images.add(EncodedImages.encode(EncodedImages.quadrants(40, 30), "png"));
        images.add(EncodedImages.jpeg(EncodedImages.quadrants(40, 30)));
        images.add(EncodedImages.fourComponentJpeg(new int[] {10, 80, 160, 240}, 0));
        images.add(EncodedImages.fourComponentJpeg(new int[] {10, 80, 160, 240}, 2));
        images.add(pnm());
        return images;
    }

    private static byte[] pnm() {
        try (Mat image = new Mat(7, 9, org.bytedeco.opencv.global.opencv_core.CV_8UC3, new Scalar(1, 2, 3, 0));
                BytePointer encoded = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(".ppm", image, encoded)) {
                throw new IllegalStateException("OpenCV writes no PPM");
            }
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }
}
