package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.ImageTransform;
import org.datavec.image.transform.PipelineImageTransform;
import org.datavec.image.transform.ResizeImageTransform;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;

class OperationTransformTest {
    private static final ImageOperation STEP = new RandAugment(2, 10);

    @Test
    void doesWhatTheStepDoesInADataVecPipeline() {
        for (int seed = 0; seed < 5; seed++) {
            ImageTransform ours = new OperationTransform(STEP, new Random(99));
            List<Pair<ImageTransform, Double>> steps =
                    List.of(Pair.of(new ResizeImageTransform(32, 32), 1.0), Pair.of(ours, 1.0));
            byte[] found = pixels(new PipelineImageTransform(steps, false).transform(image(), new Random(seed)));
            assertArrayEquals(direct(new Random(seed)), found);
        }
    }

    @Test
    void drawsFromItsOwnGeneratorWhereNoneIsGiven() {
        byte[] first = pixels(transform(1).transform(image(), null));
        assertArrayEquals(first, pixels(transform(1).transform(image(), null)));
        boolean differs = false;
        for (int seed = 2; seed < 10; seed++) {
            differs |= !Arrays.equals(first, pixels(transform(seed).transform(image(), null)));
        }
        assertTrue(differs);
    }

    /** There and back again: a DataVec transform of ours, as a step of ours, is the step itself. */
    @Test
    void comesBackAsAStep() {
        try (Mat image = new GeneratedShapes(3, 1, 32).read(2);
                Mat result = new DataVecOperation(() -> new OperationTransform(new HorizontalFlip(1), new Random(1)))
                        .apply(image.clone(), new Random(5));
                Mat flipped = new HorizontalFlip(1).apply(image.clone(), new Random(5))) {
            assertArrayEquals(RgbImages.toPixels(flipped), RgbImages.toPixels(result));
            assertFalse(Arrays.equals(RgbImages.toPixels(image), RgbImages.toPixels(result)));
        }
    }

    @Test
    void refusesWhatIsNoSquare() {
        ImageWritable wide = new ResizeImageTransform(40, 20).transform(image(), null);
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> transform(1).transform(wide, null))
                        .getMessage()
                        .contains("found 40 x 20"));
    }

    private static ImageTransform transform(int seed) {
        return new OperationTransform(STEP, new Random(seed));
    }

    private static ImageWritable image() {
        Mat bgr = new Mat();
        try (Mat rgb = new GeneratedShapes(3, 1, 32).read(2)) {
            cvtColor(rgb, bgr, COLOR_RGB2BGR);
        }
        try (OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
            return new ImageWritable(converter.convert(bgr));
        }
    }

    private static byte[] pixels(ImageWritable image) {
        try (OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
                Mat rgb = new Mat()) {
            cvtColor(converter.convertToMat(image.getFrame()), rgb, COLOR_BGR2RGB);
            return RgbImages.toPixels(rgb);
        }
    }

    private static byte[] direct(Random random) {
        try (Mat image = new GeneratedShapes(3, 1, 32).read(2);
                Mat result = STEP.apply(image, random)) {
            return RgbImages.toPixels(result);
        }
    }
}
