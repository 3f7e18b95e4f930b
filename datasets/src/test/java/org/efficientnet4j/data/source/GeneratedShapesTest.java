package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

class GeneratedShapesTest {
    private static byte[] pixels(ImageSource source, int index) throws Exception {
        try (Mat image = source.read(index)) {
            return RgbImages.toPixels(image);
        }
    }

    @Test
    void aPictureDependsOnSeedAndIndexOnly() throws Exception {
        byte[] picture = pixels(new GeneratedShapes(100, 7, 32), 42);
        assertArrayEquals(picture, pixels(new GeneratedShapes(50, 7, 32), 42));
        assertFalse(Arrays.equals(picture, pixels(new GeneratedShapes(100, 8, 32), 42)));
        assertFalse(Arrays.equals(picture, pixels(new GeneratedShapes(100, 7, 32), 52)));
    }

    @Test
    void classesAreEvenAndNamed() {
        DataParts parts = ImageSources.parts("shapes:200", SplitOptions.DEFAULT, DownloadProgress.SILENT);
        ImageSource all = parts.all();
        assertEquals(
                200, parts.splits().train().size() + parts.splits().validation().size());
        assertEquals(10, all.labels().size());
        int[] counts = new int[10];
        for (int i = 0; i < 200; i++) {
            counts[all.label(i)]++;
        }
        assertArrayEquals(new int[] {20, 20, 20, 20, 20, 20, 20, 20, 20, 20}, counts);
        assertEquals(
                GeneratedShapes.DEFAULT_COUNT,
                ImageSources.parts("shapes", SplitOptions.DEFAULT, DownloadProgress.SILENT)
                        .all()
                        .size());
    }

    @ParameterizedTest
    @EnumSource(Figure.class)
    void everyFigureHasInsideAndOutside(Figure figure) {
        int inside = 0;
        for (int i = 0; i < 10_000; i++) {
            double x = (i % 100) / 40.0 - 1.25;
            double y = Math.floorDiv(i, 100) / 40.0 - 1.25;
            double distance = figure.distance(x, y);
            inside += distance < 0 ? 1 : 0;
            assertTrue(Math.hypot(x, y) < 1.12 || distance > 0, () -> figure + " leaves its circle");
        }
        // Shares of the 2.5 x 2.5 plane: even the thinnest figure covers a tenth of it.
        assertTrue(inside > 800 && inside < 5_000, figure + " covers " + inside + " of 10000");
    }

    /** Softmax regression on pixels, trained until it knows its training pictures well, must not know new ones. */
    @Test
    void aLinearModelOnPixelsFails() throws Exception {
        int side = 24;
        int train = 1_000;
        int held = 500;
        ImageSource source = new GeneratedShapes(train + held, 0, side);
        INDArray pictures = Nd4j.create(DataType.FLOAT, train + held, 3L * side * side);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, train + held, 10);
        for (int i = 0; i < train + held; i++) {
            byte[] bytes = pixels(source, i);
            float[] row = new float[bytes.length];
            for (int j = 0; j < row.length; j++) {
                row[j] = ((bytes[j] & 0xFF) - 128) / 64f;
            }
            pictures.putRow(i, Nd4j.createFromArray(row));
            labels.putScalar(i, source.label(i), 1);
        }
        INDArray seen = rows(pictures, 0, train);
        INDArray seenLabels = rows(labels, 0, train);
        INDArray weights = Nd4j.zeros(DataType.FLOAT, 3L * side * side, 10);
        for (int step = 0; step < 150; step++) {
            INDArray error = Transforms.softmax(seen.mmul(weights)).sub(seenLabels);
            weights.subi(seen.transpose().mmul(error).mul(0.02 / train));
        }
        double seenAccuracy = accuracy(seen, seenLabels, weights);
        double heldAccuracy = accuracy(rows(pictures, train, train + held), rows(labels, train, train + held), weights);
        assertTrue(seenAccuracy > 0.3, "the linear model did not learn: " + seenAccuracy);
        assertTrue(heldAccuracy < 0.2, "a linear model must stay near chance (0.1), but reaches " + heldAccuracy);
    }

    private static INDArray rows(INDArray all, int from, int to) {
        return all.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    private static double accuracy(INDArray pictures, INDArray labels, INDArray weights) {
        INDArray guessed = pictures.mmul(weights).argMax(1);
        INDArray right = labels.argMax(1);
        return guessed.eq(right).castTo(DataType.DOUBLE).meanNumber().doubleValue();
    }

    @Test
    void picturesLookTheSameAtEverySize() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5; i++) {
            int index = random.nextInt(100);
            byte[] small = pixels(new GeneratedShapes(100, 0, 32), index);
            byte[] large = pixels(new GeneratedShapes(100, 0, 128), index);
            assertEquals(mean(large), mean(small), 3);
        }
    }

    private static double mean(byte[] pixels) {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xFF;
        }
        return (double) sum / pixels.length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes:0", "shapes:-5", "shapes:many", "shapes:99999999999", " "})
    void aBadNumberIsRefused(String expression) {
        assertThrows(InvalidInputException.class, () -> ImageSources.open(expression, SplitOptions.DEFAULT));
    }
}
